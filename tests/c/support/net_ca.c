/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_ca.c - a certificate authority for tests, over mbedTLS's own writer. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "net_ca.h"

#include <arpa/inet.h>
#include <ftw.h>
#include <mbedtls/asn1write.h>
#include <mbedtls/ecp.h>
#include <mbedtls/oid.h>
#include <mbedtls/md.h>
#include <mbedtls/pk.h>
#include <mbedtls/rsa.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#define RNG , draw, NULL
#else
#define RNG
#endif

static int draw(void *unused, unsigned char *out, size_t len)
{
    (void)unused;
    while (len > 0) {
        ssize_t n = getrandom(out, len, 0);
        if (n <= 0)
            return -1;
        out += n;
        len -= (size_t)n;
    }
    return 0;
}

static void must(int ret, const char *what)
{
    if (ret == 0)
        return;
    fprintf(stderr, "making a test certificate: %s: -0x%04x\n", what, (unsigned)-ret);
    exit(2);
}

static void make_key(bool rsa, mbedtls_pk_context *key)
{
    mbedtls_pk_init(key);
    must(mbedtls_pk_setup(key, mbedtls_pk_info_from_type(rsa ? MBEDTLS_PK_RSA : MBEDTLS_PK_ECKEY)),
         "key");
    if (rsa)
        must(mbedtls_rsa_gen_key(mbedtls_pk_rsa(*key), draw, NULL, 2048, 65537), "rsa key");
    else
        must(mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(*key), draw, NULL),
             "ec key");
}

/* SubjectAltName (RFC 5280, 4.2.1.6): a SEQUENCE of [2] names and [7] addresses, each short. */
static size_t make_san(const struct net_cert_request *request, unsigned char *out)
{
    unsigned char body[300];
    unsigned char *at = body;
    size_t i;
    for (i = 0; i < 3 && request->dns[i]; i++) {
        size_t len = strlen(request->dns[i]);
        *at++ = 0x82;
        *at++ = (unsigned char)len;
        memcpy(at, request->dns[i], len);
        at += len;
    }
    for (i = 0; i < 2 && request->address[i]; i++) {
        bool v6 = strchr(request->address[i], ':') != NULL;
        *at++ = 0x87;
        *at++ = v6 ? 16 : 4;
        must(inet_pton(v6 ? AF_INET6 : AF_INET, request->address[i], at) == 1 ? 0 : -1, "address");
        at += v6 ? 16 : 4;
    }
    if (at == body)
        return 0;
    out[0] = 0x30;
    out[1] = (unsigned char)(at - body); /* below 128 in these tests */
    memcpy(out + 2, body, (size_t)(at - body));
    return (size_t)(at - body) + 2;
}

static void set_serial(mbedtls_x509write_cert *crt)
{
    static unsigned char serial = 1;
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    serial++;
    must(mbedtls_x509write_crt_set_serial_raw(crt, &serial, 1), "serial");
#else
    mbedtls_mpi number;
    mbedtls_mpi_init(&number);
    must(mbedtls_mpi_lset(&number, ++serial), "serial");
    must(mbedtls_x509write_crt_set_serial(crt, &number), "serial");
    mbedtls_mpi_free(&number);
#endif
}

void net_cert_make(const struct net_cert_request *request, struct net_cert *out)
{
    mbedtls_pk_context key;
    mbedtls_pk_context issuer_key;
    mbedtls_x509write_cert crt;
    unsigned char san[310];
    size_t san_len;
    make_key(request->rsa, &key);
    mbedtls_pk_init(&issuer_key);
    if (request->issuer)
        must(mbedtls_pk_parse_key(&issuer_key, (const unsigned char *)request->issuer->key,
                                  strlen(request->issuer->key) + 1, NULL, 0 RNG),
             "issuer key");
    mbedtls_x509write_crt_init(&crt);
    mbedtls_x509write_crt_set_version(&crt, MBEDTLS_X509_CRT_VERSION_3);
    mbedtls_x509write_crt_set_md_alg(&crt, MBEDTLS_MD_SHA256);
    mbedtls_x509write_crt_set_subject_key(&crt, &key);
    mbedtls_x509write_crt_set_issuer_key(&crt, request->issuer ? &issuer_key : &key);
    must(mbedtls_x509write_crt_set_subject_name(&crt, request->subject), "subject");
    must(mbedtls_x509write_crt_set_issuer_name(&crt, request->issuer ? request->issuer_name
                                                                     : request->subject),
         "issuer");
    must(mbedtls_x509write_crt_set_validity(&crt, request->from ? request->from : "20200101000000",
                                            request->until ? request->until : "20491231235959"),
         "dates");
    set_serial(&crt);
    must(mbedtls_x509write_crt_set_basic_constraints(&crt, request->is_ca, -1), "constraints");
    san_len = make_san(request, san);
    if (san_len)
        must(mbedtls_x509write_crt_set_extension(&crt, MBEDTLS_OID_SUBJECT_ALT_NAME,
                                                 MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_ALT_NAME), 0,
                                                 san, san_len),
             "names");
    must(mbedtls_x509write_crt_pem(&crt, (unsigned char *)out->cert, sizeof(out->cert), draw, NULL),
         "certificate");
    must(mbedtls_pk_write_key_pem(&key, (unsigned char *)out->key, sizeof(out->key)), "key");
    mbedtls_x509write_crt_free(&crt);
    mbedtls_pk_free(&key);
    mbedtls_pk_free(&issuer_key);
}

static char folder[64];
static pid_t folder_owner;

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *where)
{
    (void)about, (void)type, (void)where;
    return remove(path);
}

static void remove_folder(void)
{
    if (folder_owner == getpid())
        (void)nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *net_temp_dir(void)
{
    if (folder[0])
        return folder;
    strcpy(folder, "/tmp/native-net-test-XXXXXX");
    if (!mkdtemp(folder)) {
        perror("mkdtemp");
        exit(2);
    }
    folder_owner = getpid();
    (void)atexit(remove_folder);
    return folder;
}

const char *net_temp_file(const char *name, const void *bytes, size_t len)
{
    static char paths[32][128];
    static unsigned next;
    char *path = paths[next++ % 32];
    FILE *file;
    (void)snprintf(path, sizeof(paths[0]), "%s/%s", net_temp_dir(), name);
    file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, len, file) != len || fclose(file) != 0) {
        perror(path);
        exit(2);
    }
    return path;
}

/* One entry of the list: serial, date. Returns its length. */
static size_t put_entry(unsigned char **p, unsigned char *start, const mbedtls_x509_buf *serial)
{
    size_t len = (size_t)mbedtls_asn1_write_tagged_string(p, start, MBEDTLS_ASN1_UTC_TIME,
                                                          "200101000000Z", 13);
    len += (size_t)mbedtls_asn1_write_raw_buffer(p, start, serial->p, serial->len);
    len += (size_t)mbedtls_asn1_write_len(p, start, serial->len);
    len += (size_t)mbedtls_asn1_write_tag(p, start, MBEDTLS_ASN1_INTEGER);
    len += (size_t)mbedtls_asn1_write_len(p, start, len);
    len += (size_t)mbedtls_asn1_write_tag(p, start, 0x30);
    len += (size_t)mbedtls_asn1_write_len(p, start, len);
    return len + (size_t)mbedtls_asn1_write_tag(p, start, 0x30);
}

static const unsigned char ecdsa_sha256[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
                                             0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};

/* What is signed (RFC 5280, 5.1.2), at the end of the buffer. Returns its length. */
static size_t put_list(unsigned char **p, unsigned char *start, const mbedtls_x509_buf *name,
                       const mbedtls_x509_buf *serial)
{
    size_t len = serial ? put_entry(p, start, serial) : 0;
    len += (size_t)mbedtls_asn1_write_tagged_string(p, start, MBEDTLS_ASN1_UTC_TIME,
                                                    "480101000000Z", 13);
    len += (size_t)mbedtls_asn1_write_tagged_string(p, start, MBEDTLS_ASN1_UTC_TIME,
                                                    "200101000000Z", 13);
    len += (size_t)mbedtls_asn1_write_raw_buffer(p, start, name->p, name->len);
    len += (size_t)mbedtls_asn1_write_raw_buffer(p, start, ecdsa_sha256, sizeof(ecdsa_sha256));
    len += (size_t)mbedtls_asn1_write_int(p, start, 1); /* version 2 */
    len += (size_t)mbedtls_asn1_write_len(p, start, len);
    return len + (size_t)mbedtls_asn1_write_tag(p, start, 0x30);
}

size_t net_crl_make(const struct net_cert *issuer, const struct net_cert *revoked,
                    unsigned char *out, size_t room)
{
    mbedtls_x509_crt crt;
    mbedtls_x509_crt bad;
    mbedtls_pk_context key;
    unsigned char list[1024];
    unsigned char hash[32];
    unsigned char sig[MBEDTLS_PK_SIGNATURE_MAX_SIZE];
    unsigned char *p = list + sizeof(list);
    unsigned char *q = out + room;
    size_t sig_len = 0;
    size_t len;
    mbedtls_x509_crt_init(&crt);
    mbedtls_x509_crt_init(&bad);
    mbedtls_pk_init(&key);
    must(
        mbedtls_x509_crt_parse(&crt, (const unsigned char *)issuer->cert, strlen(issuer->cert) + 1),
        "crl issuer");
    if (revoked)
        must(mbedtls_x509_crt_parse(&bad, (const unsigned char *)revoked->cert,
                                    strlen(revoked->cert) + 1),
             "revoked");
    must(mbedtls_pk_parse_key(&key, (const unsigned char *)issuer->key, strlen(issuer->key) + 1,
                              NULL, 0 RNG),
         "issuer key");
    len = put_list(&p, list, &crt.subject_raw, revoked ? &bad.serial : NULL);
    must(mbedtls_md(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), p, len, hash), "hash");
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    must(mbedtls_pk_sign(&key, MBEDTLS_MD_SHA256, hash, 0, sig, sizeof(sig), &sig_len, draw, NULL),
         "sign");
#else
    must(mbedtls_pk_sign(&key, MBEDTLS_MD_SHA256, hash, 0, sig, &sig_len, draw, NULL), "sign");
#endif
    must(len + sig_len + 40 > room, "room for the CRL");
    {
        size_t all = (size_t)mbedtls_asn1_write_bitstring(&q, out, sig, sig_len * 8);
        all += (size_t)mbedtls_asn1_write_raw_buffer(&q, out, ecdsa_sha256, sizeof(ecdsa_sha256));
        all += (size_t)mbedtls_asn1_write_raw_buffer(&q, out, p, len);
        all += (size_t)mbedtls_asn1_write_len(&q, out, all);
        all += (size_t)mbedtls_asn1_write_tag(&q, out, 0x30);
        memmove(out, q, len = all);
    }
    mbedtls_x509_crt_free(&crt);
    mbedtls_x509_crt_free(&bad);
    mbedtls_pk_free(&key);
    return len;
}
