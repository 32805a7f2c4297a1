/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 49175851a9458dad2b7369eb598fd950b990e5ed */



static void register_shm_symbols(int module_number)
{
	REGISTER_BOOL_CONSTANT("Native\\Shm\\KILL_SAFE", NATIVE_EXT_SHM_KILL_SAFE, CONST_PERSISTENT);
}
