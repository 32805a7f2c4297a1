# SPDX-License-Identifier: MIT OR Apache-2.0
# Makefile.frag - targets beside those of phpize. The work is in dev/, which needs no phpize either.

# What configure has found, as the commands take it.
NATIVE_CORES_FLAGS = $(NATIVE_MBEDTLS_CFLAGS) $(NATIVE_CODECS_CFLAGS) -- $(NATIVE_MBEDTLS_LIBS) $(NATIVE_CODECS_LIBS)

# The cores without PHP, for FFI: libnative.so in the build folder.
libnative:
	CC="$(CC)" bash $(srcdir)/dev/libnative "$(top_builddir)/libnative.so" $(NATIVE_CORES_FLAGS)

# ... with the C headers, for pkg-config and FFI, under PREFIX; and away again.
PREFIX = /usr/local
install-libnative:
	CC="$(CC)" bash $(srcdir)/dev/install-libnative "$(PREFIX)" $(NATIVE_CORES_FLAGS)
uninstall-libnative:
	bash $(srcdir)/dev/install-libnative --remove "$(PREFIX)"

# The cores with every warning as an error, under gcc and clang.
check-cores:
	bash $(srcdir)/dev/check-cores

.PHONY: libnative install-libnative uninstall-libnative check-cores
