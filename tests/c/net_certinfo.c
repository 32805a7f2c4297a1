/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_certinfo.c - certificates in words. What is wanted here was printed by curl 7.88.1 with OpenSSL
 * 3.0 (-w '%{certs}') for the same certificates. */
#include "../../net/certinfo.h"
#include "../../net/certs.h"
#include "harness.h"

static const char rsa_pem[] = "-----BEGIN CERTIFICATE-----\n"
                              "MIIDiTCCAnGgAwIBAgIUSBLjJn4jCoORFqpuA7ue2jNGL4kwDQYJKoZIhvcNAQEL\n"
                              "BQAwNDELMAkGA1UEBhMCREUxETAPBgNVBAoMCFRlc3QgTHRkMRIwEAYDVQQDDAls\n"
                              "b2NhbGhvc3QwHhcNMjYxMTIyMDkwOTAwWhcNMjYxMjIyMDkwOTAwWjA0MQswCQYD\n"
                              "VQQGEwJERTERMA8GA1UECgwIVGVzdCBMdGQxEjAQBgNVBAMMCWxvY2FsaG9zdDCC\n"
                              "ASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAK8IlVtpaXqWevQpDji1EblP\n"
                              "o/16vWYV4jgu8T+ZLc8/PoybpS2JOaT3yl77htUWWSzhgzSBAJatMKG15N33dZkh\n"
                              "PC1V5eaWD9csrOzqS8uyyg5BDzp/i8AQ2b+fSAOZdl6x2HGXfyFSJC7exAAnWARO\n"
                              "Kt4Ycelt7q2kXLbc/vJ32dybxdcVuhU84VHQ0wH+NGubWOATtK+79GmAuykw4JPG\n"
                              "x4Wa0X+QksjxMUQ11Av0AxH9H5IPBDYListGjU2jv2kMxDGep6Cvz+SnGk6WvXof\n"
                              "nHeq2MS3kM92GUOJT6GJu9UfU4JmaipWVMYMjSLVkNH+Ls3tyZGUiYg9zmaaT4cC\n"
                              "AwEAAaOBkjCBjzAdBgNVHQ4EFgQUobakVdOWsgWXSV0SJ1DDZ06WyMYwHwYDVR0j\n"
                              "BBgwFoAUobakVdOWsgWXSV0SJ1DDZ06WyMYwDwYDVR0TAQH/BAUwAwEB/zAaBgNV\n"
                              "HREEEzARgglsb2NhbGhvc3SHBH8AAAEwCwYDVR0PBAQDAgWgMBMGA1UdJQQMMAoG\n"
                              "CCsGAQUFBwMBMA0GCSqGSIb3DQEBCwUAA4IBAQAo6XXtFo2As9rw2B/i94E6yNyd\n"
                              "Vcr+IfwxrH+Zs5rCLG1yAPPft3cfXZYuVVs1zUb5QPb+7InvdvUU4LuGaweLLpWd\n"
                              "dMN4nMjZX++6IgLVXCirncJovkJwCIJrePP0+i6BsHbesyjqdHOhyLQS+wxi44rC\n"
                              "TBeX/zX/O8oci0uxhl5upX+pB8WcT62dUqdbqWOgDYq/a7SZlgyzobRTsDNMCBVa\n"
                              "jX3gcb5jLHBL7LtTjRwejilaA8nzbtKBXCOS+wEjpjdEEj7QUh1Um49KKnf5T8vQ\n"
                              "Ktk2mhXkhYN/p2slQwcZ0CqSDjvp+/Ms8q/eh4RPhhzG6dZi7pkNnzUmnbgM\n"
                              "-----END CERTIFICATE-----\n";

static const char rsa_words[] =
    "Subject:C = DE, O = Test Ltd, CN = localhost\n"
    "Issuer:C = DE, O = Test Ltd, CN = localhost\n"
    "Version:2\n"
    "Serial Number:4812e3267e230a839116aa6e03bb9eda33462f89\n"
    "Signature Algorithm:sha256WithRSAEncryption\n"
    "Public Key Algorithm:rsaEncryption\n"
    "X509v3 Subject Key Identifier:A1:B6:A4:55:D3:96:B2:05:97:49:5D:12:27:50:C3:67:4E:96:C8:C6\n"
    "X509v3 Authority Key Identifier:A1:B6:A4:55:D3:96:B2:05:97:49:5D:12:27:50:C3:67:4E:96:C8:C6\n"
    "X509v3 Basic Constraints:CA:TRUE\n"
    "X509v3 Subject Alternative Name:DNS:localhost, IP Address:127.0.0.1\n"
    "X509v3 Key Usage:Digital Signature, Key Encipherment\n"
    "X509v3 Extended Key Usage:TLS Web Server Authentication\n"
    "Start date:Nov 22 09:09:00 2026 GMT\n"
    "Expire date:Dec 22 09:09:00 2026 GMT\n"
    "RSA Public Key:2048\n"
    "rsa(n):AF08955B69697A967AF4290E38B511B9\n"
    "rsa(e):10001\n"
    "Signature:28:e9:75:ed:16:8d:80:b3:da:f0:d8\n";

static const char ec_pem[] = "-----BEGIN CERTIFICATE-----\n"
                             "MIIBejCCAR+gAwIBAgIUJFu83gSdlN6qF1fxUETBJWk4IWgwCgYIKoZIzj0EAwIw\n"
                             "EjEQMA4GA1UEAwwHZWMgaG9zdDAeFw0yNjExMjIwOTA5MDBaFw0yNjEyMjIwOTA5\n"
                             "MDBaMBIxEDAOBgNVBAMMB2VjIGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC\n"
                             "AAQtcq31u0sdV75hCVrc4kDdwMVy26CFnfr5x922RrKj56EIKXUwydFafdn3UihR\n"
                             "u7GdddeyZe70LLVpYlSRNCGyo1MwUTAdBgNVHQ4EFgQUeZHTsdiyE8maUiD1iRnK\n"
                             "uSrVwOIwHwYDVR0jBBgwFoAUeZHTsdiyE8maUiD1iRnKuSrVwOIwDwYDVR0TAQH/\n"
                             "BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAv5xY48uFkHtesFwfnoZiYnkjpJ9E\n"
                             "NCwnaaNbDZHO3gwCIQDAwNrLmKn+ctXYL+eMVB42u0WsocYxJHEVdrNpaFL9DQ==\n"
                             "-----END CERTIFICATE-----\n";

static const char ec_words[] =
    "Subject:CN = ec host\n"
    "Issuer:CN = ec host\n"
    "Version:2\n"
    "Serial Number:245bbcde049d94deaa1757f15044c12569382168\n"
    "Signature Algorithm:ecdsa-with-SHA256\n"
    "Public Key Algorithm:id-ecPublicKey\n"
    "X509v3 Subject Key Identifier:79:91:D3:B1:D8:B2:13:C9:9A:52:20:F5:89:19:CA:B9:2A:D5:C0:E2\n"
    "X509v3 Authority Key Identifier:79:91:D3:B1:D8:B2:13:C9:9A:52:20:F5:89:19:CA:B9:2A:D5:C0:E2\n"
    "X509v3 Basic Constraints:CA:TRUE\n"
    "Start date:Nov 22 09:09:00 2026 GMT\n"
    "Expire date:Dec 22 09:09:00 2026 GMT\n"
    "Signature:30:46:02:21:00:bf:9c:58:e3:cb:85\n";

static const char odd_pem[] = "-----BEGIN CERTIFICATE-----\n"
                              "MIIELTCCAxWgAwIBAgIUfXJM1+PhnSVNr7wDeLTfAJtvILowDQYJKoZIhvcNAQEL\n"
                              "BQAwYjELMAkGA1UEBhMCREUxHzAdBgNVBAoMFk3DvGxsZXIsICJTw7ZobmUiICsg\n"
                              "Q28xCzAJBgNVBAsMAiB4MQ8wDQYDVQQDDAYqLnRlc3QxFDASBgkqhkiG9w0BCQEW\n"
                              "BWFAYi5jMB4XDTI2MTEyMjA5MTM0MloXDTI2MTIyMjA5MTM0MlowYjELMAkGA1UE\n"
                              "BhMCREUxHzAdBgNVBAoMFk3DvGxsZXIsICJTw7ZobmUiICsgQ28xCzAJBgNVBAsM\n"
                              "AiB4MQ8wDQYDVQQDDAYqLnRlc3QxFDASBgkqhkiG9w0BCQEWBWFAYi5jMIIBIjAN\n"
                              "BgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuzcYaQIvTobEWKY4FluDd5LdcKbT\n"
                              "+XISYlC8ovRjd4Gnt7UCqeSErjRWtf3JeUPK68t9NBrgf3TXk6s4XTOaAA7NwkZS\n"
                              "z35zUWyRWIcAqhsLRJzMqc+MUzMRroSgGCRNcsmtEuPB0t2Q9Vc6K8/AOiAK4dWS\n"
                              "cLna0CBJs0R1fJ5QFDrUeHIKpbe8xlxNm/GalcXflWFKvymYtUlF6TXsieNqok5q\n"
                              "ghCkeFwOWrLBVIKA5Ke6G8yNoW60dzZLpdgrXAwli6bddAHGmVshfwC2kUE5ooBU\n"
                              "DfWrq/wNFNI8HIq4s2LqY0Gx3rpr5bR7kkqw1TSFLfdApEC1NwLaTrFY7wIDAQAB\n"
                              "o4HaMIHXMB0GA1UdDgQWBBSwoRdu2WnHC9hUO7e3unRSVVozSTAfBgNVHSMEGDAW\n"
                              "gBSwoRdu2WnHC9hUO7e3unRSVVozSTA1BgNVHREELjAsggZhLnRlc3SHECABDbgA\n"
                              "AAAAAAAAAAAAAAGBBXhAeS56hglodHRwOi8vdS8wEgYDVR0TAQH/BAgwBgEB/wIB\n"
                              "ADBKBggrBgEFBQcBAQQ+MDwwHQYIKwYBBQUHMAGGEWh0dHA6Ly9vY3NwLnRlc3Qv\n"
                              "MBsGCCsGAQUFBzAChg9odHRwOi8vY2EudGVzdC8wDQYJKoZIhvcNAQELBQADggEB\n"
                              "AC+iJzNR6ZG2u/maR9ZAQZi0ov1KrxGD0XwlafGxnQ3mp52aSLM/vOCgGaF7brYT\n"
                              "1f961P+ckX+aaGhRDgBuzB3zTqXis+6Edz6DjXZtRqmiQiO0u/fUlfvnhP5lKBSN\n"
                              "qB+wBTCm//ca3J8rAiF5Hn+q8Q95nmt2kdbxUqntkmJhkXQ+KMEsJwat5SxoL8Mb\n"
                              "6sHDL5oK9YsBjN8qWUlUzsFSYqln3cvqpuYWOtet0+bBGFzdft8AEqMCZxoQXnLF\n"
                              "lGI8wjA243Pr/Ji9/0SMfN/Mu/Ok/aemHk8tLLarRB6+Sz6OqoS25D/kWXQELitN\n"
                              "DzRdJERz8i6xWIcyM3Ht0Sw=\n"
                              "-----END CERTIFICATE-----\n";

static const char odd_words[] =
    "Subject:C = DE, O = \"M\\C3\\BCller, \\\"S\\C3\\B6hne\\\" + Co\", OU = \" x\", CN = *.test, "
    "emailAddress = a@b.c\n"
    "Issuer:C = DE, O = \"M\\C3\\BCller, \\\"S\\C3\\B6hne\\\" + Co\", OU = \" x\", CN = *.test, "
    "emailAddress = a@b.c\n"
    "Version:2\n"
    "Serial Number:7d724cd7e3e19d254dafbc0378b4df009b6f20ba\n"
    "Signature Algorithm:sha256WithRSAEncryption\n"
    "Public Key Algorithm:rsaEncryption\n"
    "X509v3 Subject Key Identifier:B0:A1:17:6E:D9:69:C7:0B:D8:54:3B:B7:B7:BA:74:52:55:5A:33:49\n"
    "X509v3 Authority Key Identifier:B0:A1:17:6E:D9:69:C7:0B:D8:54:3B:B7:B7:BA:74:52:55:5A:33:49\n"
    "X509v3 Subject Alternative Name:DNS:a.test, IP Address:2001:DB8:0:0:0:0:0:1, email:x@y.z, "
    "URI:http://u/\n"
    "X509v3 Basic Constraints:CA:TRUE, pathlen:0\n"
    "Authority Information Access:OCSP - URI:http://ocsp.test/\n"
    "CA Issuers - URI:http://ca.test/\n"
    "Start date:Nov 22 09:13:42 2026 GMT\n"
    "Expire date:Dec 22 09:13:42 2026 GMT\n"
    "RSA Public Key:2048\n"
    "rsa(n):BB371869022F4E86C458A638165B8377\n"
    "rsa(e):10001\n"
    "Signature:2f:a2:27:33:51:e9:91:b6:bb:f9:9a\n";

/* The words as curl prints them, long numbers cut, without the PEM. */
static void words_of(const struct native_net_certinfo *info, char *out, size_t room)
{
    size_t at = 0;
    size_t i;
    out[0] = '\0';
    for (i = 0; i < info->count; i++) {
        const struct native_net_certinfo_field *field = &info->fields[i];
        bool cut = strcmp(field->name, "Signature") == 0 || strcmp(field->name, "rsa(n)") == 0;
        check(strlen(field->value) == field->value_len, "length of %s", field->name);
        if (strcmp(field->name, "Cert") != 0 && at < room)
            at += (size_t)snprintf(out + at, room - at, "%s:%.*s\n", field->name,
                                   cut ? 32 : (int)field->value_len, field->value);
    }
}

static void says(const char *what, const char *pem, const char *words)
{
    struct native_net_certs certs = {NULL, 0, NULL, 0};
    struct native_net_certinfo *info;
    struct native_net_error error;
    char got[8192];
    native_net_certs_add_bytes(&certs, pem, strlen(pem), "certificate", what, &error);
    info = native_net_certinfo_new(certs.der, certs.der_len, &error);
    if (check(info != NULL, "%s: %s", what, error.message)) {
        const struct native_net_certinfo_field *last = &info->fields[info->count - 1];
        words_of(info, got, sizeof(got));
        check(strcmp(got, words) == 0, "%s says:\n%s", what, got);
        check(strcmp(last->name, "Cert") == 0 && strcmp(last->value, pem) == 0, "PEM of %s", what);
    }
    native_net_certinfo_free(info);
    native_net_certs_free(&certs);
}

/* Every cut of a certificate, and every byte of it changed: it says something or is refused. */
static void test_damage(const char *pem)
{
    struct native_net_certs certs = {NULL, 0, NULL, 0};
    struct native_net_error error;
    int accepted = 0;
    int refused = 0;
    size_t i;
    int bit;
    native_net_certs_add_bytes(&certs, pem, strlen(pem), "certificate", "", &error);
    for (i = 0; i < certs.der_len; i++) {
        uint8_t *exact = malloc(i ? i : 1);
        memcpy(exact, certs.der, i);
        check(!native_net_certinfo_new(exact, i, &error), "cut at %zu", i);
        free(exact);
        for (bit = 0; bit < 8; bit++) {
            struct native_net_certinfo *info;
            certs.der[i] = (uint8_t)(certs.der[i] ^ 1 << bit);
            info = native_net_certinfo_new(certs.der, certs.der_len, &error);
            accepted += info != NULL;
            refused += info == NULL;
            native_net_certinfo_free(info);
            certs.der[i] = (uint8_t)(certs.der[i] ^ 1 << bit);
        }
    }
    check(accepted > 1000 && refused > 100, "%d accepted, %d refused", accepted, refused);
    native_net_certs_free(&certs);
    end_test("damaged certificates are refused or say something: %d and %d", refused, accepted);
}

int main(void)
{
    says("RSA", rsa_pem, rsa_words);
    end_test("an RSA certificate says what curl says of it");
    says("EC", ec_pem, ec_words);
    end_test("so does one with an EC key");
    says("odd", odd_pem, odd_words);
    end_test("so does one with odd names and more extensions");
    test_damage(odd_pem);
    test_damage(ec_pem);
    return done();
}
