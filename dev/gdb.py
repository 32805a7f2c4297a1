# SPDX-License-Identifier: MIT OR Apache-2.0
# dev/gdb.py - shared memory seen from gdb: in a core, in a process, in a segment's file. dev/gdb loads it.
#
#   native-shm              all segments that the program has mapped
#   native-shm EXPRESSION   the one at an address, or of a struct native_shm_segment *
#   native-shm -f FILE      the one in a file
#   native-shm -k ...       also each key: format, length, whether a lease
#
# It reads and never writes, takes no lock, and trusts nothing that it reads: what does not fit is printed as "wrong:".
# Sizes and places of members come from the debug information of shm/; what is packed into words is as in layout.h. A
# core holds mapped files only when the process asked for it (echo 0x7f >/proc/PID/coredump_filter); otherwise gdb reads
# what is in the file now.
import gdb

LAYOUT = 3
UNIT, LINE, PAGE, CHAIN_MAX = 16, 64, 4096, 4096
MAGIC = b'NATVSHM1'
EXTENTS = ['unbacked', 'free', 'heap', 'index', 'run', 'claimed']
EXTENT_HEAP, EXTENT_INDEX, EXTENT_RUN = 2, 3, 4
SLAB_SHARD, SLAB_OVERFLOW, SLAB_FRESH = 0xfff, 0x1000, 0x2000
BLOCKS = ['free', 'record', 'piece', 'held', 'object', 'user']
BLOCK_FREE, BLOCK_RECORD, BLOCK_OBJECT, BLOCK_MARK = 0, 1, 4, 8
FORMATS = ['none', 'null', 'false', 'true', 'int', 'double', 'string', 'array', 'php', 'igbinary', 'other']
LEASE = 255
RECORD_PINNED, RECORD_PIECES, RECORD_WORD = 1 << 25, 1 << 26, 1 << 27
TRACK = 1
OBJECTS = {1: 'counter', 2: 'mutex', 3: 'semaphore', 4: 'channel', 5: 'user'}
STATES = ['being made', 'usable', 'removed']
RING_FRESH, RING_TAKEN, RING_RETURNED, RING_DONE, RING_TAKING = 1, 2, 3, 4, 5
LAP = 1 << 28
COUNTS = ['hits', 'misses', 'stores', 'deletes', 'evictions', 'expirations', 'busy', 'repairs', 'retries', 'evict_steps']


# ---- bytes -------------------------------------------------------------------------------------------

class Program:
    """The memory of the core or process."""

    def __init__(self, base):
        self.base = base
        self.name = 'at %#x' % base

    def read(self, at, size):
        try:
            return bytes(gdb.selected_inferior().read_memory(self.base + at, size))
        except gdb.MemoryError:
            return None  # an extent without memory, or one that the core lacks


class File:
    """The bytes of a segment's file."""

    def __init__(self, path):
        self.file = open(path, 'rb')
        self.name = path

    def read(self, at, size):
        self.file.seek(at)
        data = self.file.read(size)
        return data if len(data) == size else None


def parse(data, at, kind):
    """A value of a C type: int, dict of members, or list."""
    kind = kind.strip_typedefs()
    if kind.code == gdb.TYPE_CODE_STRUCT:
        return {f.name: parse(data, at + f.bitpos // 8, f.type) for f in kind.fields() if f.name}
    if kind.code == gdb.TYPE_CODE_ARRAY:
        of = kind.target()
        low, high = kind.range()
        return [parse(data, at + i * of.sizeof, of) for i in range(high - low + 1)]
    return int.from_bytes(data[at:at + kind.sizeof], 'little')


class Missing(Exception):
    pass


# ---- a segment ---------------------------------------------------------------------------------------

class Segment:
    def __init__(self, memory):
        self.memory = memory
        self.types = {}
        self.wrong = []
        self.cached = {}
        if memory.read(0, 8) != MAGIC:
            raise gdb.GdbError('%s: no segment (its first bytes are not %s)' % (memory.name, MAGIC.decode()))
        self.header = self.struct('native_shm_header', 0)
        if self.header['layout'] != LAYOUT:
            raise gdb.GdbError('%s: layout %d; these printers know %d' % (memory.name, self.header['layout'], LAYOUT))
        self.extent_size = self.header['extent_size']
        self.extents = self.header['extents']
        self.shards = self.header['shards']
        # A slab: 64 an extent, but 4 KiB at least. A bucket and what is tracked of it: one line, or two.
        self.slab_size = max(self.extent_size // 64, PAGE)
        self.step = 2 * LINE if self.header['flags'] & TRACK else LINE
        if not self.geometry():
            raise gdb.GdbError('%s: the header is damaged' % memory.name)
        self.map = self.words(self.header['extent_map_at'], self.extents, 4)
        self.slabs = self.words(self.header['extent_map_at'] + self.extents * 4, self.extents * self.per_extent(), 2)
        self.check_slabs()

    def geometry(self):
        """Whether counts and places in the header fit each other, as geometry.c has them."""
        h = self.header
        if not (2 <= self.shards <= 256 and 1 <= self.extents <= 2048 and 1 <= h['participants'] <= 4095
                and 16384 <= self.extent_size <= 1 << 26 and not self.extent_size & self.extent_size - 1):
            return False
        extent_map = PAGE + h['participants'] * self.type('native_shm_participant').sizeof
        shards = -(-(extent_map + self.extents * (4 + 2 * self.per_extent())) // LINE) * LINE
        objects = shards + self.shards * self.type('native_shm_shard').sizeof
        extents = -(-(objects + self.type('native_shm_objects').sizeof) // PAGE) * PAGE
        return [h['participants_at'], h['extent_map_at'], h['shards_at'], h['objects_at'], h['extents_at'], h['size']] == \
            [PAGE, extent_map, shards, objects, extents, extents + self.extents * self.extent_size]

    def per_extent(self):
        return self.extent_size // self.slab_size

    def check_slabs(self):
        for slab, word in enumerate(self.slabs):
            extent = slab // self.per_extent()
            if word and self.map[extent] >> 24 != EXTENT_INDEX:
                self.complain('slab %d is somebody\'s (%#x), but extent %d is not of the index', slab, word, extent)
            elif word and (not 1 <= word & SLAB_SHARD <= self.shards or word & ~(SLAB_SHARD | SLAB_OVERFLOW | SLAB_FRESH)):
                self.complain('slab %d is of no shard (%#x)', slab, word)
            if len(self.wrong) >= 8:
                break  # random bytes in the map: one for each slab says no more

    def type(self, name):
        if name not in self.types:
            try:
                self.types[name] = gdb.lookup_type('struct ' + name)
            except gdb.error:
                raise gdb.GdbError('the program has no debug information of struct %s' % name)
        return self.types[name]

    def struct(self, name, at):
        kind = self.type(name)
        return parse(self.bytes(at, kind.sizeof), 0, kind)

    def complain(self, text, *values):
        self.wrong.append(text % values)

    def extent_at(self, number):
        return self.header['extents_at'] + number * self.extent_size

    def bytes(self, at, size):
        """Bytes anywhere in the file; those of extents are read an extent at a time."""
        first = at - self.header['extents_at'] if hasattr(self, 'map') else -1
        number = first // self.extent_size if first >= 0 else -1
        if number < 0 or number >= self.extents or first % self.extent_size + size > self.extent_size:
            data = self.memory.read(at, size) if at + size <= self.limit() else None
        else:
            if number not in self.cached:
                self.cached[number] = self.memory.read(self.extent_at(number), self.extent_size)
            data = self.cached[number]
            data = data and data[first % self.extent_size:first % self.extent_size + size]
        if data is None:
            raise Missing('%d bytes at %#x cannot be read' % (size, at))
        return data

    def limit(self):
        return self.header['size'] if hasattr(self, 'header') else 1 << 40

    def word(self, at, size=4):
        return int.from_bytes(self.bytes(at, size), 'little')

    def words(self, at, count, size):
        data = self.bytes(at, count * size)
        return [int.from_bytes(data[i:i + size], 'little') for i in range(0, count * size, size)]

    # -- heaps --

    def blocks(self, owner):
        """Each block of a heap: (place, units, kind). A heap's number is its shard's; `shards` is the objects'."""
        for first in range(self.extents):
            if self.map[first] != EXTENT_HEAP << 24 | owner:
                continue
            after = first + 1
            while after < self.extents and self.map[after] == EXTENT_RUN << 24 | after - first:
                after += 1
            at, end = self.extent_at(first), self.extent_at(after)
            while at < end:
                head = self.word(at)
                units = head >> 4
                if not units or at + units * UNIT > end:
                    self.complain('extent %d: a block of %d units at %#x', first, units, at)
                    break
                yield at, units, head & 7
                at += units * UNIT

    def heap(self, owner, stated):
        kinds = {}
        used = 0
        for _, units, kind in self.blocks(owner):
            kinds[kind] = kinds.get(kind, 0) + 1
            used += units if kind != BLOCK_FREE else 0
        if used != stated['used_units']:
            self.complain('heap %d: %d units are used, its count says %d', owner, used, stated['used_units'])
        return used, kinds

    # -- the cache --

    def slab_is(self, slab, word):
        return 0 <= slab < len(self.slabs) and self.slabs[slab] == word and \
            self.map[slab // self.per_extent()] >> 24 == EXTENT_INDEX

    def bucket_place(self, shard, number):
        each = self.slab_size // self.step
        slab = shard['directory'][number // each] - 1 if number // each < len(shard['directory']) else -1
        if not self.slab_is(slab, shard['at'] + 1):
            raise Missing('shard %d: bucket %d has no place' % (shard['at'], number))
        return self.header['extents_at'] + slab * self.slab_size + number % each * self.step

    def overflow_place(self, shard, bucket, ref):
        """Where the next bucket of a chain is; 0 at its end."""
        first = ref * UNIT - self.header['extents_at']
        if ref and (first % self.step or not self.slab_is(first // self.slab_size, shard['at'] + 1 | SLAB_OVERFLOW)):
            self.complain('shard %d: the chain of bucket %d goes on at %#x, which is no overflow bucket of it',
                          shard['at'], bucket, ref * UNIT)
            return 0
        return ref * UNIT

    def slots(self, shard):
        """Each slot in use: (bucket, hops, word)."""
        kind = self.type('native_shm_bucket')
        left = sum(word & ~SLAB_OVERFLOW == shard['at'] + 1 for word in self.slabs) * (self.slab_size // self.step)
        for number in range(shard['buckets']):
            at, hops = self.bucket_place(shard, number), 0
            while at:
                bucket = parse(self.bytes(at, kind.sizeof), 0, kind)
                for word in bucket['slots']:
                    if word & 0xffffffff:
                        yield number, hops, word
                hops += 1
                left -= 1
                if hops > CHAIN_MAX or left < 0:
                    self.complain('shard %d: the chain of bucket %d has no end', shard['at'], number)
                    return
                at = self.overflow_place(shard, number, bucket['next'])

    def entry(self, shard, word):
        at = (word & 0xffffffff) * UNIT
        head = self.word(at)
        if head & 7 != BLOCK_RECORD:
            raise Missing('shard %d: a slot points to %#x, which is no record' % (shard['at'], at))
        record = self.struct('native_shm_record', at + 8)
        bits = record['bits']
        # A value of 8 bytes: its length is not there, the key is.
        size = self.type('native_shm_record').sizeof - (4 if bits & RECORD_WORD else 0)
        if bits & RECORD_WORD:
            record['value_len'] = 8
        record['format'] = bits >> 17 & 0xff
        record['pinned'] = bool(bits & RECORD_PINNED)
        key_len = bits & 0x1ffff
        record['key'] = self.bytes(at + 8 + size, key_len)
        size += key_len
        if bits & RECORD_PIECES:
            more = self.struct('native_shm_more', at + 8 + size)
            size += self.type('native_shm_more').sizeof + more['here']
        else:
            size = (size + 7 & ~7 if bits & RECORD_WORD else size) + record['value_len']
        if 8 + size > (head >> 4) * UNIT:
            raise Missing('shard %d: the record at %#x is larger than its block' % (shard['at'], at))
        return record

    def index(self, shard, keys):
        found = {'entries': 0, 'leases': 0, 'pinned': 0, 'bytes': 0, 'longest': 0}
        for number, hops, word in self.slots(shard):
            found['longest'] = max(found['longest'], hops + 1)
            try:
                record = self.entry(shard, word)
            except Missing as missing:
                self.complain('%s', missing)
                continue
            lease = record['format'] == LEASE
            found['entries'] += 1
            found['leases'] += lease
            found['pinned'] += record['pinned']
            found['bytes'] += len(record['key']) + record['value_len']
            if keys:
                name = 'lease' if lease else FORMATS[record['format']] if record['format'] < len(FORMATS) else '?'
                print('    %s %s, %d bytes%s' % (record['key'].decode('utf-8', 'backslashreplace'), name,
                                                 record['value_len'], ', pinned' if record['pinned'] else ''))
        if found['entries'] != shard['entries']:
            self.complain('shard %d: %d entries, its count says %d', shard['at'], found['entries'], shard['entries'])
        return found

    def queue(self, shard, entries):
        """Whether the eviction queue has as many entries, from the newest on. Pinned ones are not in it."""
        ref, length = shard['newest'], 0
        while ref and length <= entries:
            length += 1
            ref = self.struct('native_shm_record', ref * UNIT + 8)['older']
        if length != entries:
            self.complain('shard %d: %s entries in the eviction queue, the index has %d', shard['at'],
                          length if not ref else 'too many', entries)

    # -- objects --

    def objects(self, stated):
        kind = self.type('native_shm_object')
        seen = set()
        for ref in stated['buckets']:
            while ref:
                at = ref * UNIT
                if ref in seen:
                    self.complain('the object at %#x comes twice', at)
                    break
                seen.add(ref)
                if self.word(at) & 7 != BLOCK_OBJECT:
                    self.complain('the object at %#x is none', at)
                    break
                found = parse(self.bytes(at + 8, kind.sizeof), 0, kind)
                found['name'] = self.bytes(at + 8 + kind.sizeof, min(found['name_len'], 255)).decode('utf-8', 'backslashreplace')
                yield found
                ref = found['next']

    def ring_after(self, position, units, of):
        offset = position % LAP + units
        return position + units if offset < of else position + units - of + LAP

    def ring(self, body):
        """Messages of a channel by what they are, and the bytes in use."""
        ring = self.struct('native_shm_ring', body)
        bytes_at = body + self.type('native_shm_ring').sizeof
        units = ring['capacity'] // UNIT
        if body + ring['capacity'] > self.header['size']:
            raise Missing('the ring at %#x is larger than the segment' % body)
        found = {'ready': 0, 'taken': 0, 'done': 0, 'returned': 0, 'used': 0, 'closed': ring['closed'],
                 'capacity': ring['capacity'], 'sent': ring['sent'], 'senders': ring['senders']['word'], 'receivers': ring['receivers']['word']}
        at, passed = ring['head'], ring['head'] == ring['next']
        while at != ring['tail'] and found['used'] <= units:
            message = self.struct('native_shm_ring_message', bytes_at + at % LAP * UNIT)
            size = 1 + (message['len'] + 15) // 16
            kind = message['state'] & 7
            if passed or kind == RING_RETURNED:
                found['ready'] += 1
                found['returned'] += not passed
            else:
                found['taken'] += kind in (RING_TAKEN, RING_TAKING)
                found['done'] += kind in (RING_DONE, RING_FRESH)
            found['used'] += size
            at = self.ring_after(at, size, units)
            passed = passed or at == ring['next']
        if found['used'] > units:
            self.complain('the ring at %#x has no end', body)
        found['used'] *= UNIT
        return found

    # -- people --

    def who(self, word):
        """A lock word, in words."""
        if not word:
            return 'free'
        slot = word & 0xfff
        text = 'held by participant %d' % slot
        for number, participant in self.participants():
            if number == slot:
                text += ' (pid %d)' % participant['pid'] if participant['id'] == word & 0x7fffffff else ' (who is gone)'
        return text + (', others wait' if word >> 31 else '')

    def participants(self):
        kind = self.type('native_shm_participant')
        for number in range(self.header['participants']):
            participant = self.struct('native_shm_participant', self.header['participants_at'] + number * kind.sizeof)
            if participant['in_use']:
                yield number, participant


# ---- printing ----------------------------------------------------------------------------------------

def show_cache(segment, keys):
    kind = segment.type('native_shm_shard')
    total = {'entries': 0, 'leases': 0, 'pinned': 0, 'bytes': 0, 'longest': 0, 'buckets': 0}
    blocks, used = {}, 0
    for number in range(segment.shards):
        shard = segment.struct('native_shm_shard', segment.header['shards_at'] + number * kind.sizeof)
        shard['at'] = number  # shard.number is only what it says
        if shard['number'] != number:
            segment.complain('shard %d: it says that it is %d', number, shard['number'])
        if shard['lock']['word']:
            print('  lock of shard %d: %s' % (number, segment.who(shard['lock']['word'])))
        if shard['suspect']:
            print('  shard %d is to be repaired' % number)
        try:
            found = segment.index(shard, keys)
            segment.queue(shard, found['entries'] - found['pinned'])
            units, kinds = segment.heap(number, shard['heap'])
        except Missing as missing:
            segment.complain('%s', missing)
            continue
        for name in found:
            total[name] = max(total[name], found[name]) if name == 'longest' else total[name] + found[name]
        total['buckets'] += shard['buckets']
        used += units
        for block in kinds:
            blocks[block] = blocks.get(block, 0) + kinds[block]
    print('  cache: %(entries)d entries, %(leases)d leases, %(pinned)d pinned, %(bytes)d bytes of keys and values, '
          '%(buckets)d buckets, longest chain %(longest)d' % total)
    show_heap('cache', used, blocks)


def show_heap(name, used, blocks):
    print('  heap of the %s: %d bytes used, blocks: %s' % (name, used * UNIT, ', '.join(
        '%d %s' % (blocks[kind], BLOCKS[kind] if kind < len(BLOCKS) else 'of kind %d' % kind) for kind in sorted(blocks)) or 'none'))


def show_slabs(segment):
    words = [word for slab, word in enumerate(segment.slabs) if segment.map[slab // segment.per_extent()] >> 24 == EXTENT_INDEX]
    made = sum(bool(word & SLAB_FRESH) for word in words)
    over = sum(word & (SLAB_FRESH | SLAB_OVERFLOW) == SLAB_OVERFLOW for word in words)
    free = words.count(0)
    return '%d of main buckets, %d of overflow buckets, %d being made, %d free' % (len(words) - made - over - free, over, made, free)


def show_object(segment, found):
    kind = OBJECTS.get(found['kind'], 'of kind %d' % found['kind'])
    body, text = found['body'] * UNIT, ''
    if kind == 'channel':
        text = '%(ready)d ready, %(taken)d taken, %(returned)d returned, %(used)d of %(capacity)d bytes, %(sent)d sent' % segment.ring(body)
        ring = segment.struct('native_shm_ring', body)
        text += ', closed' if ring['closed'] else ''
        for lock in ('senders', 'receivers'):
            if ring[lock]['word']:
                text += ', %s\' lock %s' % (lock, segment.who(ring[lock]['word']))
    elif kind == 'counter':
        value = segment.word(body, 8)
        text = '%d' % (value - (1 << 64) if value >> 63 else value)
    elif kind == 'mutex':
        mutex = segment.struct('native_shm_mutex', body)
        text = '%s, token %d%s' % (segment.who(mutex["owner"] & 0xffffffff),
                                   mutex['token'], ', abandoned' if mutex['abandoned'] else '')
    elif kind == 'semaphore':
        owners = segment.words(body + 8, found['size'], 8)
        text = '%d of %d free' % (owners.count(0), len(owners))
        for owner in sorted({word & 0xffffffff for word in owners if word}):
            text += ', %d %s' % (sum(word & 0xffffffff == owner for word in owners), segment.who(owner))
    else:
        text = '%d bytes' % found['size']
    state = STATES[found['state']] if found['state'] < len(STATES) else 'of state %d' % found['state']
    print('  %s %s: %s%s' % (kind, found['name'], text, '' if state == 'usable' else ', ' + state))


def show(memory, keys):
    try:
        show_segment(Segment(memory), keys)
    except Missing as missing:
        raise gdb.GdbError('%s: %s' % (memory.name, missing))


def show_segment(segment, keys):
    header = segment.header
    print('segment %s: %d bytes, %d extents of %d, %d shards' % (segment.memory.name, header['size'], segment.extents, segment.extent_size, segment.shards))
    for number, participant in segment.participants():
        print('  participant %d: pid %d%s' % (number, participant['pid'],
                                              ', holds blocks of shard %d' % (participant['holding'] - 1) if participant['holding'] else ''))
    kinds = [word >> 24 for word in segment.map]
    print('  extents: ' + ', '.join('%d %s' % (kinds.count(kind), name) for kind, name in enumerate(EXTENTS) if kind in kinds))
    if EXTENT_INDEX in kinds:
        print('  slabs of %d bytes: %s' % (segment.slab_size, show_slabs(segment)))
    show_cache(segment, keys)
    stated = segment.struct('native_shm_objects', header['objects_at'])
    if stated['lock']['word']:
        print('  lock of the objects: %s' % segment.who(stated['lock']['word']))
    try:
        show_heap('objects', *segment.heap(segment.shards, stated['heap']))
        for found in segment.objects(stated):
            try:
                show_object(segment, found)
            except Missing as missing:
                segment.complain('%s: %s', found['name'], missing)
    except Missing as missing:
        segment.complain('%s', missing)
    sums = [total + sum(p['counts'][i] for _, p in segment.participants()) for i, total in enumerate(header['totals'])]
    print('  counted: ' + ', '.join('%d %s' % pair for pair in zip(sums, COUNTS)))
    for text in segment.wrong:
        print('  wrong: ' + text)


def mapped():
    """Where segments are mapped: the mappings of files that begin with the magic."""
    found = []
    for line in gdb.execute('info proc mappings', to_string=True).splitlines():
        words = line.split()
        if len(words) < 4 or not words[0].startswith('0x'):
            continue
        start, offset = int(words[0], 16), int(words[3], 16)
        if offset == 0 and Program(start).read(0, 8) == MAGIC:
            found.append(start)
    return found


class NativeShm(gdb.Command):
    """Show native's shared memory: native-shm [-k] [EXPRESSION | -f FILE]"""

    def __init__(self):
        super().__init__('native-shm', gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        words = gdb.string_to_argv(argument)
        keys = '-k' in words
        words = [word for word in words if word != '-k']
        if words and words[0] == '-f':
            show(File(words[1]), keys)
        elif words:
            value = gdb.parse_and_eval(' '.join(words))
            if value.type.strip_typedefs().code == gdb.TYPE_CODE_PTR and 'native_shm_segment' in str(value.type):
                value = value['base']
            show(Program(int(value)), keys)
        else:
            places = mapped()
            for start in places:
                show(Program(start), keys)
            if not places:
                print('no segment is mapped')


NativeShm()
