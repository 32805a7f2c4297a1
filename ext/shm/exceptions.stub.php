<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * The parent of everything that this namespace throws, but for faults in arguments: those are \ValueError and \TypeError.
 *
 * @since 0.1
 */
class Exception extends \RuntimeException
{
}

/**
 * Why a segment could not be opened.
 *
 * @since 0.1
 */
enum SegmentFailure: string {
    /** Folder or file belongs to another user, can be written by others, or is no regular file. */
    case Denied = "denied";
    /** The file is of another layout or kind of machine, or smaller than asked. */
    case Mismatch = "mismatch";
    /** The file holds bytes that no version of this module wrote. */
    case Corrupt = "corrupt";
    /** No memory in the file system (/dev/shm is often small in containers). */
    case Full = "full";
    /** All places for processes are taken, or the process that makes the segment does not get on. */
    case Busy = "busy";
    /** There is no such segment, channel, counter or lock, and it was to be there. */
    case Missing = "missing";
    /** A system call failed. */
    case System = "system";
}

/**
 * A segment could not be opened, made or used; the message says why.
 *
 * @since 0.1
 */
class SegmentException extends Exception
{
    /** Null only in exceptions that PHP code made. */
    public ?SegmentFailure $failure = null;
}

/**
 * A value cannot be stored or sent: it is, or holds, a closure, a resource, or an object that cannot be serialized.
 *
 * The message names the place: "value['a'][3] is a Closure".
 *
 * @since 0.1
 */
class EncodeException extends Exception
{
    /** Where in the value, such as "['a'][3]"; "" if it is the value itself. */
    public string $path = "";
}

/**
 * Stored bytes cannot be turned into a value: their serializer is not loaded here, or they are damaged.
 *
 * @since 0.1
 */
class DecodeException extends Exception
{
}

/**
 * What has this name is something else: a value that is no integer, a channel where a counter is asked for, another capacity.
 *
 * @since 0.1
 */
class MismatchException extends Exception
{
}

/**
 * Not done within the time given.
 *
 * @since 0.1
 */
class TimeoutException extends Exception
{
}

/**
 * There is no room: in the channel, or in the segment for another channel, counter or lock.
 *
 * @since 0.1
 */
class FullException extends Exception
{
}

/**
 * A message ended three receivers before they had it (memory_limit, exit(), a crash), and is not tried again: it has been
 * dropped, or is in the channel of dead letters. See Channel::setDeadLetters().
 *
 * @since 0.1
 */
class UndeliverableException extends Exception
{
    /** Bytes of the message. */
    public int $size = 0;
    /** Whether it is in the channel of dead letters; false: it was dropped, or that channel has no room (the message then stays). */
    public bool $moved = false;
}

/**
 * The channel is closed (and, for a receiver, empty), or the object's name was removed.
 *
 * @since 0.1
 */
class ClosedException extends Exception
{
}
