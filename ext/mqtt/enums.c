/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/enums.c - PacketType, Version, Strictness, Sender and ReasonCode. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "enums.h"

#include "zend_ast.h"

#include "../../mqtt/names.h"
#include "enums_arginfo.h"

zend_class_entry *native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_ENUMS];

/* Cases by number, looked up once a request: the engine makes new ones in each. */
enum { REASONS = 0xa3, FEW = 16 };
static TSRM_TLS struct {
    zend_object *few[NATIVE_EXT_MQTT_REASON_CODE][FEW];
    zend_object *reasons[REASONS];
} cache;

void native_ext_mqtt_enums_rinit(void)
{
    memset(&cache, 0, sizeof(cache));
}

zend_object *native_ext_mqtt_case(enum native_ext_mqtt_enum which, unsigned number)
{
    bool reason = which == NATIVE_EXT_MQTT_REASON_CODE;
    zend_object **cached;

    if (number >= (reason ? (unsigned)REASONS : (unsigned)FEW))
        return NULL;
    cached = reason ? &cache.reasons[number] : &cache.few[which][number];
    if (!*cached && zend_enum_get_case_by_value(cached, native_ext_mqtt_enum_ce[which],
                                                (zend_long)number, NULL, true) == FAILURE)
        *cached = NULL;
    return *cached;
}

void native_ext_mqtt_case_zval(zval *out, enum native_ext_mqtt_enum which, unsigned number)
{
    zend_object *found = native_ext_mqtt_case(which, number);

    if (found)
        ZVAL_OBJ_COPY(out, found);
    else
        ZVAL_NULL(out);
}

ZEND_METHOD(Native_Mqtt_ReasonCode, isError)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(native_ext_mqtt_case_number(Z_OBJ_P(ZEND_THIS)) >= 0x80);
}

ZEND_METHOD(Native_Mqtt_ReasonCode, description)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_STRING(native_mqtt_reason_name(NATIVE_MQTT_5_0, 0,
                                          native_ext_mqtt_case_number(Z_OBJ_P(ZEND_THIS))));
}

/* Names that the standard has for code 0 beside Success. An enum has one case a value, so they are
 * constants: `const NormalDisconnection = self::Success`. The stub generator cannot say that for an
 * internal class, so the expression is built here as the engine builds the cases themselves. */
static const char *const aliases[] = {"NormalDisconnection", "GrantedQos0"};
enum { ALIASES = sizeof(aliases) / sizeof(aliases[0]) };

static void ast_string(zend_ast **child, zend_ast_zval *at, const char *string)
{
    at->kind = ZEND_AST_ZVAL;
    at->attr = 0;
    ZVAL_INTERNED_STR(&at->val, zend_string_init_interned(string, strlen(string), 1));
    Z_LINENO(at->val) = 0;
    *child = (zend_ast *)at;
}

/* Make the expression self::Success in one piece of permanent memory. */
static zend_ast_ref *alias_expression(void)
{
    size_t ast_size = zend_ast_size(2);
    char *memory = pemalloc(sizeof(zend_ast_ref) + ast_size + 2 * sizeof(zend_ast_zval), 1);
    zend_ast_ref *ref = (zend_ast_ref *)memory;
    zend_ast *ast = (zend_ast *)(memory + sizeof(zend_ast_ref));
    zend_ast_zval *strings = (zend_ast_zval *)(memory + sizeof(zend_ast_ref) + ast_size);

    GC_SET_REFCOUNT(ref, 1);
    GC_TYPE_INFO(ref) = GC_CONSTANT_AST | ((GC_PERSISTENT | GC_IMMUTABLE) << GC_FLAGS_SHIFT);
    ast->kind = ZEND_AST_CLASS_CONST;
    ast->attr = 0;
    ast->lineno = 0;
    ast_string(&ast->child[0], &strings[0], "self");
    ast_string(&ast->child[1], &strings[1], "Success");
    return ref;
}

static void add_aliases(zend_class_entry *ce)
{
    for (int i = 0; i < ALIASES; i++) {
        zend_string *name = zend_string_init_interned(aliases[i], strlen(aliases[i]), 1);
        zval value;

        Z_AST(value) = alias_expression();
        Z_TYPE_INFO(value) = IS_CONSTANT_AST;
        zend_declare_class_constant_ex(ce, name, &value, ZEND_ACC_PUBLIC, NULL);
    }
}

/* The engine's own destructor knows only the expressions of cases, so ours are taken away before. */
void native_ext_mqtt_enums_mshutdown(void)
{
    zend_class_entry *ce = native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE];

    for (int i = 0; ce && i < ALIASES; i++) {
        zend_class_constant *c =
            zend_hash_str_find_ptr(&ce->constants_table, aliases[i], strlen(aliases[i]));

        if (c && Z_TYPE(c->value) == IS_CONSTANT_AST) {
            pefree(Z_AST(c->value), 1);
            ZVAL_NULL(&c->value);
        }
    }
}

void native_ext_mqtt_enums_minit(void)
{
    native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_PACKET_TYPE] = register_class_Native_Mqtt_PacketType();
    native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION] = register_class_Native_Mqtt_Version();
    native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS] = register_class_Native_Mqtt_Strictness();
    native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_SENDER] = register_class_Native_Mqtt_Sender();
    native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE] = register_class_Native_Mqtt_ReasonCode();
    add_aliases(native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE]);
}
