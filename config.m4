dnl SPDX-License-Identifier: MIT OR Apache-2.0
dnl config.m4 - how native is built under phpize (and inside a PHP source tree).
dnl The sources are listed once, in sources.list; config.w32 and dev/libnative read the same file.

PHP_ARG_ENABLE([native],
  [whether to enable native],
  [AS_HELP_STRING([--enable-native], [Enable native: MQTT over one C core])],
  [no])

PHP_ARG_WITH([native-mbedtls],
  [where mbedTLS for native is],
  [AS_HELP_STRING([[--with-native-mbedtls[=DIR]]],
    [mbedTLS 2.28 or 3.x in DIR (include/ and lib/); without DIR: pkg-config, then the system paths])],
  [autodetect],
  [no])

PHP_ARG_WITH([native-brotli],
  [whether native decodes br],
  [AS_HELP_STRING([--with-native-brotli], [native: decode br with libbrotlidec; without the option if pkg-config finds it])],
  [autodetect],
  [no])

PHP_ARG_WITH([native-zstd],
  [whether native decodes zstd],
  [AS_HELP_STRING([--with-native-zstd], [native: decode zstd with libzstd; without the option if pkg-config finds it])],
  [autodetect],
  [no])

PHP_ARG_ENABLE([native-debug],
  [whether native checks its invariants at run time],
  [AS_HELP_STRING([--enable-native-debug], [native: check invariants at run time (slow)])],
  [no],
  [no])

if test "$PHP_NATIVE" != "no"; then
  dnl ---- mbedTLS (required) -------------------------------------------------------------------
  NATIVE_MBEDTLS_CFLAGS=
  NATIVE_MBEDTLS_LIBS=
  native_mbedtls_from=

  case "$PHP_NATIVE_MBEDTLS" in
    /*|./*|../*)
      dnl A folder was named: it must be used, or configure stops. No falling back to another copy.
      if test ! -f "$PHP_NATIVE_MBEDTLS/include/mbedtls/ssl.h"; then
        AC_MSG_ERROR([--with-native-mbedtls: no include/mbedtls/ssl.h in $PHP_NATIVE_MBEDTLS])
      fi
      native_mbedtls_libdir=
      for native_dir in "$PHP_LIBDIR" lib lib64 "lib/`$CC -dumpmachine 2>/dev/null`"; do
        for native_file in libmbedtls.$SHLIB_SUFFIX_NAME libmbedtls.a; do
          if test -z "$native_mbedtls_libdir" && test -f "$PHP_NATIVE_MBEDTLS/$native_dir/$native_file"; then
            native_mbedtls_libdir="$PHP_NATIVE_MBEDTLS/$native_dir"
          fi
        done
      done
      if test -z "$native_mbedtls_libdir"; then
        AC_MSG_ERROR([--with-native-mbedtls: no libmbedtls in the lib folder of $PHP_NATIVE_MBEDTLS])
      fi
      NATIVE_MBEDTLS_CFLAGS="-I$PHP_NATIVE_MBEDTLS/include"
      NATIVE_MBEDTLS_LIBS="-L$native_mbedtls_libdir -lmbedtls -lmbedx509 -lmbedcrypto"
      native_mbedtls_from=$PHP_NATIVE_MBEDTLS
      ;;
    *)
      dnl mbedTLS 3.6 comes with .pc files, Debian 12's 2.28 has none.
      AC_PATH_PROG([PKG_CONFIG], [pkg-config], [no])
      AC_MSG_CHECKING([for mbedTLS with pkg-config])
      if test "$PKG_CONFIG" != "no" && $PKG_CONFIG --exists mbedtls mbedx509 mbedcrypto; then
        NATIVE_MBEDTLS_CFLAGS=`$PKG_CONFIG --cflags mbedtls mbedx509 mbedcrypto`
        NATIVE_MBEDTLS_LIBS=`$PKG_CONFIG --libs mbedtls mbedx509 mbedcrypto`
        native_mbedtls_from=pkg-config
        AC_MSG_RESULT([yes])
      else
        NATIVE_MBEDTLS_LIBS="-lmbedtls -lmbedx509 -lmbedcrypto"
        native_mbedtls_from="the system paths"
        AC_MSG_RESULT([no, looking in the system paths])
      fi
      ;;
  esac

  native_old_CPPFLAGS=$CPPFLAGS
  native_old_LIBS=$LIBS
  CPPFLAGS="$CPPFLAGS $NATIVE_MBEDTLS_CFLAGS"
  LIBS="$NATIVE_MBEDTLS_LIBS $LIBS"

  AC_CHECK_HEADER([mbedtls/ssl.h], [], [AC_MSG_ERROR([
native needs mbedTLS 2.28 or newer (headers and libraries): Debian and Ubuntu have it as libmbedtls-dev,
Fedora as mbedtls-devel, Alpine as mbedtls-dev, Homebrew as mbedtls@3.
A copy elsewhere is named with --with-native-mbedtls=DIR.])])

  AC_MSG_CHECKING([for mbedTLS 2.28 or newer in $native_mbedtls_from])
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
    #include <mbedtls/version.h>
    #if MBEDTLS_VERSION_NUMBER < 0x021C0000
    # error too old
    #endif
  ]], [[]])], [AC_MSG_RESULT([yes])], [
    AC_MSG_RESULT([no])
    AC_MSG_ERROR([mbedTLS is older than 2.28])
  ])

  AC_MSG_CHECKING([whether mbedTLS links])
  AC_LINK_IFELSE([AC_LANG_PROGRAM([[
    #include <mbedtls/ssl.h>
    #include <mbedtls/x509_crt.h>
    #include <mbedtls/version.h>
  ]], [[
    mbedtls_ssl_context ssl;
    mbedtls_x509_crt crt;
    char version[18];
    mbedtls_ssl_init(&ssl);
    mbedtls_x509_crt_init(&crt);
    mbedtls_version_get_string(version);
  ]])], [AC_MSG_RESULT([yes])], [
    AC_MSG_RESULT([no])
    AC_MSG_ERROR([mbedTLS headers are there, but linking with "$NATIVE_MBEDTLS_LIBS" fails; see config.log])
  ])

  dnl The version of the headers, for phpinfo: it need not be the version found at run time.
  AC_MSG_CHECKING([for the version of mbedTLS])
  (echo '#include <mbedtls/version.h>'; echo 'native_version MBEDTLS_VERSION_STRING') > conftest.c
  native_mbedtls_version=`$CPP $CPPFLAGS conftest.c 2>/dev/null | $SED -e '/^#/d' | tr '\n' ' ' \
    | $SED -n 's/^.*native_version *"\([[^"]]*\)".*$/\1/p'`
  rm -f conftest.c
  AC_MSG_RESULT([${native_mbedtls_version:-unknown}])
  AC_DEFINE_UNQUOTED([NATIVE_MBEDTLS_HEADERS], ["${native_mbedtls_version:-unknown}"], [Version of the mbedTLS headers])

  CPPFLAGS=$native_old_CPPFLAGS
  LIBS=$native_old_LIBS
  PHP_EVAL_INCLINE([$NATIVE_MBEDTLS_CFLAGS])
  PHP_EVAL_LIBLINE([$NATIVE_MBEDTLS_LIBS], [NATIVE_SHARED_LIBADD])

  dnl ---- zlib (required), brotli and zstd (used where they are) --------------------------------------
  AC_PATH_PROG([PKG_CONFIG], [pkg-config], [no])
  NATIVE_CODECS_CFLAGS=
  NATIVE_CODECS_LIBS=-lz
  if test "$PKG_CONFIG" != "no" && $PKG_CONFIG --exists zlib; then
    NATIVE_CODECS_CFLAGS=`$PKG_CONFIG --cflags zlib`
    NATIVE_CODECS_LIBS=`$PKG_CONFIG --libs zlib`
  fi
  native_old_CPPFLAGS=$CPPFLAGS
  native_old_LIBS=$LIBS
  CPPFLAGS="$CPPFLAGS $NATIVE_CODECS_CFLAGS"
  LIBS="$NATIVE_CODECS_LIBS $LIBS"
  AC_MSG_CHECKING([whether zlib links])
  AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <zlib.h>]], [[z_stream stream = {0}; return inflateInit2(&stream, 31);]])],
    [AC_MSG_RESULT([yes])], [
    AC_MSG_RESULT([no])
    AC_MSG_ERROR([native needs zlib (header and library): Debian and Ubuntu have it as zlib1g-dev, Fedora as zlib-devel,
Alpine as zlib-dev.])])
  CPPFLAGS=$native_old_CPPFLAGS
  LIBS=$native_old_LIBS

  dnl NATIVE_CODEC(name, variable of the switch, pkg-config's name, constant, program): use it if it is wanted and links. It is
  dnl not linked, but looked for when a response wants it (http/optional.h).
  m4_define([NATIVE_CODEC], [
    AC_MSG_CHECKING([for $1 with pkg-config])
    native_codec=no
    if test "$2" != "no" && test "$PKG_CONFIG" != "no" && $PKG_CONFIG --exists $3; then
      native_old_CPPFLAGS=$CPPFLAGS
      native_old_LIBS=$LIBS
      CPPFLAGS="$CPPFLAGS `$PKG_CONFIG --cflags $3`"
      LIBS="`$PKG_CONFIG --libs $3` $LIBS"
      AC_LINK_IFELSE([$5], [native_codec=yes])
      CPPFLAGS=$native_old_CPPFLAGS
      LIBS=$native_old_LIBS
    fi
    AC_MSG_RESULT([$native_codec])
    if test "$native_codec" = "yes"; then
      NATIVE_CODECS_CFLAGS="$NATIVE_CODECS_CFLAGS -D$4=1 `$PKG_CONFIG --cflags $3`"
    elif test "$2" = "yes"; then
      dnl No error: pecl install passes "yes" for what is to be looked for.
      AC_MSG_WARN([pkg-config does not know $3, or it does not link: native is built without $1])
    fi
  ])
  NATIVE_CODEC([brotli], [$PHP_NATIVE_BROTLI], [libbrotlidec], [NATIVE_HTTP_BROTLI],
    [AC_LANG_PROGRAM([[#include <brotli/decode.h>]], [[return BrotliDecoderVersion() == 0;]])])
  NATIVE_CODEC([zstd], [$PHP_NATIVE_ZSTD], [libzstd], [NATIVE_HTTP_ZSTD],
    [AC_LANG_PROGRAM([[#include <zstd.h>]], [[return ZSTD_d_windowLogMax == 0 || ZSTD_versionNumber() == 0;]])])
  PHP_EVAL_LIBLINE([$NATIVE_CODECS_LIBS], [NATIVE_SHARED_LIBADD])

  dnl ---- compiler and linker -------------------------------------------------------------------
  dnl Hidden by default: newer PHP loads modules without RTLD_DEEPBIND, an exported name is everybody's.
  native_cflags="-fvisibility=hidden -pthread -DZEND_ENABLE_STATIC_TSRMLS_CACHE=1 $NATIVE_CODECS_CFLAGS"

  dnl gnu11 is the default of gcc 5+ and clang 3.6+; an older default is raised to gnu99.
  AC_MSG_CHECKING([whether the compiler speaks C99 as it is])
  AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
    #if !defined(__STDC_VERSION__) || __STDC_VERSION__ < 199901L
    # error older
    #endif
  ]])], [AC_MSG_RESULT([yes])], [
    AC_MSG_RESULT([no, adding -std=gnu99])
    native_cflags="-std=gnu99 $native_cflags"
  ])

  if test "$PHP_NATIVE_DEBUG" != "no"; then
    AC_DEFINE([NATIVE_DEBUG], [1], [Check invariants at run time])
    native_cflags="$native_cflags -DNATIVE_DEBUG=1"
  fi

  dnl A name look-up may still be running in a helper thread when the module is unloaded.
  AC_MSG_CHECKING([whether the linker takes -z nodelete])
  native_old_LDFLAGS=$LDFLAGS
  LDFLAGS="$LDFLAGS -Wl,-z,nodelete"
  AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [
    AC_MSG_RESULT([yes])
    NATIVE_SHARED_LIBADD="$NATIVE_SHARED_LIBADD -Wl,-z,nodelete"
  ], [AC_MSG_RESULT([no])])
  LDFLAGS=$native_old_LDFLAGS
  NATIVE_SHARED_LIBADD="$NATIVE_SHARED_LIBADD -pthread"
  AC_CHECK_FUNC([dlopen], [], [NATIVE_SHARED_LIBADD="$NATIVE_SHARED_LIBADD -ldl"])

  dnl ---- sources -------------------------------------------------------------------------------
  native_srcdir=PHP_EXT_SRCDIR([native])
  native_builddir=PHP_EXT_BUILDDIR([native])
  native_sources=`$SED -e 's/#.*//' -e '/^[[ ]]*$/d' "$native_srcdir/sources.list" | tr '\n' ' '`
  if test -z "$native_sources"; then
    AC_MSG_ERROR([cannot read $native_srcdir/sources.list])
  fi

  dnl Shared memory wants Linux: locks that the kernel releases with their process, waiting on a word, mappings that
  dnl no child inherits. Elsewhere the module is built without it (docs/platforms.md).
  AC_CACHE_CHECK([whether shared memory can survive killed processes here], [native_cv_shm], [AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
    #ifndef _GNU_SOURCE
    #define _GNU_SOURCE
    #endif
    #include <fcntl.h>
    #include <linux/futex.h>
    #include <stdatomic.h>
    #include <stdint.h>
    #include <sys/mman.h>
    #include <sys/random.h>
    #include <sys/syscall.h>
    #include <unistd.h>
    #if ATOMIC_LLONG_LOCK_FREE != 2 || ATOMIC_INT_LOCK_FREE != 2
    # error atomics of 64 bits that are locks
    #endif
    #if !defined(SYS_futex) && !defined(SYS_futex_time64)
    # error no futex
    #endif
    _Static_assert(sizeof(off_t) == 8, "small files");
    _Atomic uint64_t native_word;
  ]], [[
    (void)atomic_load(&native_word);
    (void)memfd_create("x", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    return F_OFD_SETLK + F_OFD_GETLK + F_ADD_SEALS + FUTEX_WAIT + MADV_DONTFORK + GRND_NONBLOCK;
  ]])], [native_cv_shm=yes], [native_cv_shm=no])])
  if test "$native_cv_shm" = "yes"; then
    AC_DEFINE([NATIVE_SHM], [1], [Built with shared memory])
    native_cflags="$native_cflags -DNATIVE_SHM=1"
  else
    native_sources=`echo "$native_sources" | tr ' ' '\n' | $SED -e '/^shm\//d' -e '/^ext\/shm\//d' -e '/^ext\/share\//d' -e '/^ext\/apcu\//d' | tr '\n' ' '`
  fi

  PHP_NEW_EXTENSION([native], [$native_sources], [$ext_shared],, [$native_cflags])
  dnl One build folder for each folder of sources, and the folder above it first.
  native_folders=`echo "$native_sources" | tr ' ' '\n' | $SED -n 's,/[[^/]]*$,,p' | sort -u`
  for native_dir in ext $native_folders; do
    PHP_ADD_BUILD_DIR([$native_builddir/$native_dir])
  done
  dnl For other extensions: #include "ext/native/php_native_shm.h".
  PHP_INSTALL_HEADERS([ext/native], [php_native_shm.h])
  dnl For serializers, where those look for APCu's header. The real APCu's own headers are left alone.
  if test "$native_cv_shm" = "yes" && test ! -f "$phpincludedir/ext/apcu/apc_api.h"; then
    PHP_INSTALL_HEADERS([ext/apcu], [apc_serializer.h])
  fi
  PHP_SUBST([NATIVE_SHARED_LIBADD])
  PHP_SUBST([NATIVE_MBEDTLS_CFLAGS])
  PHP_SUBST([NATIVE_MBEDTLS_LIBS])
  PHP_SUBST([NATIVE_CODECS_CFLAGS])
  PHP_SUBST([NATIVE_CODECS_LIBS])
  PHP_ADD_MAKEFILE_FRAGMENT
fi
