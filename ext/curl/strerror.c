/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/strerror.c - what curl_strerror(), curl_multi_strerror() and curl_share_strerror() say: libcurl's words, which programs and
 * tests compare with. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "error.h"

/* CURLE_*; NULL where a number is not used any more. */
static const char *const errors[] = {
    [0] = "No error",
    [1] = "Unsupported protocol",
    [2] = "Failed initialization",
    [3] = "URL using bad/illegal format or missing URL",
    [4] = "A requested feature, protocol or option was not found built-in in this libcurl due to a "
          "build-time decision.",
    [5] = "Couldn't resolve proxy name",
    [6] = "Couldn't resolve host name",
    [7] = "Couldn't connect to server",
    [8] = "Weird server reply",
    [9] = "Access denied to remote resource",
    [10] = "FTP: The server failed to connect to data port",
    [11] = "FTP: unknown PASS reply",
    [12] = "FTP: Accepting server connect has timed out",
    [13] = "FTP: unknown PASV reply",
    [14] = "FTP: unknown 227 response format",
    [15] = "FTP: can't figure out the host in the PASV response",
    [16] = "Error in the HTTP2 framing layer",
    [17] = "FTP: couldn't set file type",
    [18] = "Transferred a partial file",
    [19] = "FTP: couldn't retrieve (RETR failed) the specified file",
    [21] = "Quote command returned error",
    [22] = "HTTP response code said error",
    [23] = "Failed writing received data to disk/application",
    [25] = "Upload failed (at start/before it took off)",
    [26] = "Failed to open/read local data from file/application",
    [27] = "Out of memory",
    [28] = "Timeout was reached",
    [30] = "FTP: command PORT failed",
    [31] = "FTP: command REST failed",
    [33] = "Requested range was not delivered by the server",
    [34] = "Internal problem setting up the POST",
    [35] = "SSL connect error",
    [36] = "Couldn't resume download",
    [37] = "Couldn't read a file:// file",
    [38] = "LDAP: cannot bind",
    [39] = "LDAP: search failed",
    [41] = "A required function in the library was not found",
    [42] = "Operation was aborted by an application callback",
    [43] = "A libcurl function was given a bad argument",
    [45] = "Failed binding local connection end",
    [47] = "Number of redirects hit maximum amount",
    [48] = "An unknown option was passed in to libcurl",
    [49] = "Malformed option provided in a setopt",
    [52] = "Server returned nothing (no headers, no data)",
    [53] = "SSL crypto engine not found",
    [54] = "Can not set SSL crypto engine as default",
    [55] = "Failed sending data to the peer",
    [56] = "Failure when receiving data from the peer",
    [58] = "Problem with the local SSL certificate",
    [59] = "Couldn't use specified SSL cipher",
    [60] = "SSL peer certificate or SSH remote key was not OK",
    [61] = "Unrecognized or bad HTTP Content or Transfer-Encoding",
    [63] = "Maximum file size exceeded",
    [64] = "Requested SSL level failed",
    [65] = "Send failed since rewinding of the data stream failed",
    [66] = "Failed to initialise SSL crypto engine",
    [67] = "Login denied",
    [68] = "TFTP: File Not Found",
    [69] = "TFTP: Access Violation",
    [70] = "Disk full or allocation exceeded",
    [71] = "TFTP: Illegal operation",
    [72] = "TFTP: Unknown transfer ID",
    [73] = "Remote file already exists",
    [74] = "TFTP: No such user",
    [77] = "Problem with the SSL CA cert (path? access rights?)",
    [78] = "Remote file not found",
    [79] = "Error in the SSH layer",
    [80] = "Failed to shut down the SSL connection",
    [81] = "Socket not ready for send/recv",
    [82] = "Failed to load CRL file (path? access rights?, format?)",
    [83] = "Issuer check against peer certificate failed",
    [84] = "FTP: The server did not accept the PRET command.",
    [85] = "RTSP CSeq mismatch or invalid CSeq",
    [86] = "RTSP session error",
    [87] = "Unable to parse FTP file list",
    [88] = "Chunk callback failed",
    [89] = "The max connection limit is reached",
    [90] = "SSL public key does not match pinned public key",
    [91] = "SSL server certificate status verification FAILED",
    [92] = "Stream error in the HTTP/2 framing layer",
    [93] = "API function called from within callback",
    [94] = "An authentication function returned an error",
    [95] = "HTTP/3 error",
    [96] = "QUIC connection error",
    [97] = "proxy handshake error",
    [98] = "SSL Client Certificate required",
    [99] = "Unrecoverable error in select/poll",
};

/* CURLM_*, from -1 on. */
enum { FIRST_OF_MULTI = -1 };
static const char *const multi_errors[] = {
    "Please call curl_multi_perform() soon",
    "No error",
    "Invalid multi handle",
    "Invalid easy handle",
    "Out of memory",
    "Internal error",
    "Invalid socket argument",
    "Unknown option",
    "The easy handle is already added to a multi handle",
    "API function called from within callback",
    "Wakeup is unavailable or failed",
    "A libcurl function was given a bad argument",
    "Operation was aborted by an application callback",
    "Unrecoverable error in select/poll",
};

/* CURLSHE_*, of which PHP has no constants. */
static const char *const share_errors[] = {
    "No error",
    "Unknown share option",
    "Share currently in use",
    "Invalid share handle",
    "Out of memory",
    "Feature not enabled in this library",
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* libcurl takes an int: larger numbers are cut to one, as PHP does when it passes them on. */
static const char *find(const char *const *table, size_t count, zend_long code, int first,
                        const char *unknown)
{
    int64_t at = (int64_t)(int)code - first;

    return at >= 0 && at < (int64_t)count && table[at] ? table[at] : unknown;
}

const char *native_ext_curl_strerror(zend_long code)
{
    return find(errors, COUNT(errors), code, 0, "Unknown error");
}

const char *native_ext_curl_multi_strerror(zend_long code)
{
    return find(multi_errors, COUNT(multi_errors), code, FIRST_OF_MULTI, "Unknown error");
}

const char *native_ext_curl_share_strerror(zend_long code)
{
    return find(share_errors, COUNT(share_errors), code, 0, "CURLSHcode unknown");
}
