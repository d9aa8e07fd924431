/*
 * Prints what this machine's <linux/fuse.h> says about the FUSE protocol: the
 * size and field offsets of its structs, the opcodes and the INIT flags. A test
 * compares these lines with the structs VirtualView declares for itself.
 *
 *   protocol 7.38
 *   struct fuse_in_header size 40
 *   field fuse_in_header.len offset 0 size 4
 *   opcode FUSE_LOOKUP 1
 *   notify FUSE_NOTIFY_DELETE 6
 *   flag FUSE_ASYNC_READ 0x1
 *   ioctl FUSE_DEV_IOC_CLONE 0x8004e500
 *
 * What a newer protocol added stands under #if; older than 7.38 is not supported.
 */
#include <stddef.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <linux/falloc.h>
#include <linux/fuse.h>

#if FUSE_KERNEL_MINOR_VERSION < 38
#error "the FUSE protocol in <linux/fuse.h> is older than 7.38 (Linux 6.1): install a newer linux-libc-dev"
#endif
#define SINCE(minor) (FUSE_KERNEL_MINOR_VERSION >= (minor))

#define STRUCT(type, fields) { \
	typedef struct type self; const char *name = #type; \
	printf("struct %s size %zu\n", name, sizeof(self)); fields }
#define F(field) printf("field %s.%s offset %zu size %zu\n", \
	name, #field, offsetof(self, field), sizeof(((self *)0)->field));
/* A flexible array at the end has an offset but no size of its own. */
#define TAIL(field) printf("field %s.%s offset %zu size 0\n", name, #field, offsetof(self, field));
#if SINCE(40)
#define F40(field) F(field)
#else
#define F40(field)
#endif
#if SINCE(42)
#define F42(field) F(field)
#else
#define F42(field)
#endif
#define OPCODE(value) printf("opcode %s %d\n", #value, value);
#define NOTIFY(value) printf("notify %s %d\n", #value, value);
/* The first flags are ints: through unsigned, or 1 << 31 would fill the upper half with ones. */
#define FLAG(value) printf("flag %s 0x%llx\n", #value, \
	sizeof(value) == 4 ? (unsigned)(value) : (unsigned long long)(value));
#define IOCTL(value) printf("ioctl %s 0x%llx\n", #value, (unsigned long long)(value));

static void structs(void)
{
	STRUCT(fuse_in_header, F(len) F(opcode) F(unique) F(nodeid) F(uid) F(gid) F(pid) F(total_extlen) F(padding))
	STRUCT(fuse_out_header, F(len) F(error) F(unique))
	STRUCT(fuse_attr, F(ino) F(size) F(blocks) F(atime) F(mtime) F(ctime) F(atimensec) F(mtimensec) F(ctimensec)
		F(mode) F(nlink) F(uid) F(gid) F(rdev) F(blksize) F(flags))
	STRUCT(fuse_kstatfs, F(blocks) F(bfree) F(bavail) F(files) F(ffree) F(bsize) F(namelen) F(frsize) F(padding) F(spare))
	STRUCT(fuse_file_lock, F(start) F(end) F(type) F(pid))
	STRUCT(fuse_init_in, F(major) F(minor) F(max_readahead) F(flags) F(flags2) F(unused))
	STRUCT(fuse_init_out, F(major) F(minor) F(max_readahead) F(flags) F(max_background) F(congestion_threshold)
		F(max_write) F(time_gran) F(max_pages) F(map_alignment) F(flags2) F40(max_stack_depth) F42(request_timeout)
		F(unused))
	STRUCT(fuse_entry_out, F(nodeid) F(generation) F(entry_valid) F(attr_valid) F(entry_valid_nsec) F(attr_valid_nsec) F(attr))
	STRUCT(fuse_attr_out, F(attr_valid) F(attr_valid_nsec) F(dummy) F(attr))
	STRUCT(fuse_getattr_in, F(getattr_flags) F(dummy) F(fh))
	STRUCT(fuse_setattr_in, F(valid) F(padding) F(fh) F(size) F(lock_owner) F(atime) F(mtime) F(ctime)
		F(atimensec) F(mtimensec) F(ctimensec) F(mode) F(unused4) F(uid) F(gid) F(unused5))
	STRUCT(fuse_open_in, F(flags) F(open_flags))
	/* Until 7.40 the last four bytes were padding. */
	STRUCT(fuse_open_out, F(fh) F(open_flags) F40(backing_id))
	STRUCT(fuse_create_in, F(flags) F(mode) F(umask) F(open_flags))
	STRUCT(fuse_mknod_in, F(mode) F(rdev) F(umask) F(padding))
	STRUCT(fuse_mkdir_in, F(mode) F(umask))
	STRUCT(fuse_rename_in, F(newdir))
	STRUCT(fuse_rename2_in, F(newdir) F(flags) F(padding))
	STRUCT(fuse_link_in, F(oldnodeid))
	STRUCT(fuse_release_in, F(fh) F(flags) F(release_flags) F(lock_owner))
	STRUCT(fuse_flush_in, F(fh) F(unused) F(padding) F(lock_owner))
	STRUCT(fuse_read_in, F(fh) F(offset) F(size) F(read_flags) F(lock_owner) F(flags) F(padding))
	STRUCT(fuse_write_in, F(fh) F(offset) F(size) F(write_flags) F(lock_owner) F(flags) F(padding))
	STRUCT(fuse_write_out, F(size) F(padding))
	STRUCT(fuse_fsync_in, F(fh) F(fsync_flags) F(padding))
	STRUCT(fuse_statfs_out, F(st))
	STRUCT(fuse_getxattr_in, F(size) F(padding))
	STRUCT(fuse_getxattr_out, F(size) F(padding))
	STRUCT(fuse_setxattr_in, F(size) F(flags) F(setxattr_flags) F(padding))
	STRUCT(fuse_access_in, F(mask) F(padding))
	STRUCT(fuse_interrupt_in, F(unique))
	STRUCT(fuse_forget_in, F(nlookup))
	STRUCT(fuse_forget_one, F(nodeid) F(nlookup))
	STRUCT(fuse_batch_forget_in, F(count) F(dummy))
	STRUCT(fuse_fallocate_in, F(fh) F(offset) F(length) F(mode) F(padding))
	STRUCT(fuse_lseek_in, F(fh) F(offset) F(whence) F(padding))
	STRUCT(fuse_lseek_out, F(offset))
	STRUCT(fuse_copy_file_range_in, F(fh_in) F(off_in) F(nodeid_out) F(fh_out) F(off_out) F(len) F(flags))
	STRUCT(fuse_lk_in, F(fh) F(owner) F(lk) F(lk_flags) F(padding))
	STRUCT(fuse_lk_out, F(lk))
	STRUCT(fuse_ioctl_in, F(fh) F(flags) F(cmd) F(arg) F(in_size) F(out_size))
	STRUCT(fuse_ioctl_out, F(result) F(flags) F(in_iovs) F(out_iovs))
	STRUCT(fuse_poll_in, F(fh) F(kh) F(flags) F(events))
	STRUCT(fuse_poll_out, F(revents) F(padding))
	STRUCT(fuse_dirent, F(ino) F(off) F(namelen) F(type) TAIL(name))
	STRUCT(fuse_direntplus, F(entry_out) F(dirent))
	STRUCT(fuse_notify_inval_inode_out, F(ino) F(off) F(len))
	STRUCT(fuse_notify_inval_entry_out, F(parent) F(namelen) F(flags))
	STRUCT(fuse_notify_delete_out, F(parent) F(child) F(namelen) F(padding))
	STRUCT(fuse_notify_store_out, F(nodeid) F(offset) F(size) F(padding))
	STRUCT(fuse_notify_retrieve_out, F(notify_unique) F(nodeid) F(offset) F(size) F(padding))
	STRUCT(fuse_notify_retrieve_in, F(dummy1) F(offset) F(size) F(dummy2) F(dummy3) F(dummy4))
#if SINCE(39)
	STRUCT(fuse_sx_time, F(tv_sec) F(tv_nsec) F(__reserved))
	STRUCT(fuse_statx, F(mask) F(blksize) F(attributes) F(nlink) F(uid) F(gid) F(mode) F(ino) F(size) F(blocks)
		F(attributes_mask) F(atime) F(btime) F(ctime) F(mtime) F(rdev_major) F(rdev_minor) F(dev_major) F(dev_minor))
	STRUCT(fuse_statx_in, F(getattr_flags) F(reserved) F(fh) F(sx_flags) F(sx_mask))
	STRUCT(fuse_statx_out, F(attr_valid) F(attr_valid_nsec) F(flags) F(stat))
#endif
#if SINCE(40)
	STRUCT(fuse_backing_map, F(fd) F(flags) F(padding))
#endif
#if SINCE(45)
	STRUCT(fuse_copy_file_range_out, F(bytes_copied))
#endif
}

static void opcodes(void)
{
	OPCODE(FUSE_LOOKUP) OPCODE(FUSE_FORGET) OPCODE(FUSE_GETATTR) OPCODE(FUSE_SETATTR) OPCODE(FUSE_READLINK)
	OPCODE(FUSE_SYMLINK) OPCODE(FUSE_MKNOD) OPCODE(FUSE_MKDIR) OPCODE(FUSE_UNLINK) OPCODE(FUSE_RMDIR)
	OPCODE(FUSE_RENAME) OPCODE(FUSE_LINK) OPCODE(FUSE_OPEN) OPCODE(FUSE_READ) OPCODE(FUSE_WRITE)
	OPCODE(FUSE_STATFS) OPCODE(FUSE_RELEASE) OPCODE(FUSE_FSYNC) OPCODE(FUSE_SETXATTR) OPCODE(FUSE_GETXATTR)
	OPCODE(FUSE_LISTXATTR) OPCODE(FUSE_REMOVEXATTR) OPCODE(FUSE_FLUSH) OPCODE(FUSE_INIT) OPCODE(FUSE_OPENDIR)
	OPCODE(FUSE_READDIR) OPCODE(FUSE_RELEASEDIR) OPCODE(FUSE_FSYNCDIR) OPCODE(FUSE_GETLK) OPCODE(FUSE_SETLK)
	OPCODE(FUSE_SETLKW) OPCODE(FUSE_ACCESS) OPCODE(FUSE_CREATE) OPCODE(FUSE_INTERRUPT) OPCODE(FUSE_BMAP)
	OPCODE(FUSE_DESTROY) OPCODE(FUSE_IOCTL) OPCODE(FUSE_POLL) OPCODE(FUSE_NOTIFY_REPLY) OPCODE(FUSE_BATCH_FORGET)
	OPCODE(FUSE_FALLOCATE) OPCODE(FUSE_READDIRPLUS) OPCODE(FUSE_RENAME2) OPCODE(FUSE_LSEEK)
	OPCODE(FUSE_COPY_FILE_RANGE) OPCODE(FUSE_SETUPMAPPING) OPCODE(FUSE_REMOVEMAPPING) OPCODE(FUSE_SYNCFS)
	OPCODE(FUSE_TMPFILE)
#if SINCE(39)
	OPCODE(FUSE_STATX)
#endif
#if SINCE(45)
	OPCODE(FUSE_COPY_FILE_RANGE_64)
#endif
	NOTIFY(FUSE_NOTIFY_POLL) NOTIFY(FUSE_NOTIFY_INVAL_INODE) NOTIFY(FUSE_NOTIFY_INVAL_ENTRY)
	NOTIFY(FUSE_NOTIFY_STORE) NOTIFY(FUSE_NOTIFY_RETRIEVE) NOTIFY(FUSE_NOTIFY_DELETE)
#if SINCE(40)
	NOTIFY(FUSE_NOTIFY_RESEND)
#endif
}

static void flags(void)
{
	FLAG(FUSE_ASYNC_READ) FLAG(FUSE_POSIX_LOCKS) FLAG(FUSE_FILE_OPS) FLAG(FUSE_ATOMIC_O_TRUNC)
	FLAG(FUSE_EXPORT_SUPPORT) FLAG(FUSE_BIG_WRITES) FLAG(FUSE_DONT_MASK) FLAG(FUSE_SPLICE_WRITE)
	FLAG(FUSE_SPLICE_MOVE) FLAG(FUSE_SPLICE_READ) FLAG(FUSE_FLOCK_LOCKS) FLAG(FUSE_HAS_IOCTL_DIR)
	FLAG(FUSE_AUTO_INVAL_DATA) FLAG(FUSE_DO_READDIRPLUS) FLAG(FUSE_READDIRPLUS_AUTO) FLAG(FUSE_ASYNC_DIO)
	FLAG(FUSE_WRITEBACK_CACHE) FLAG(FUSE_NO_OPEN_SUPPORT) FLAG(FUSE_PARALLEL_DIROPS) FLAG(FUSE_HANDLE_KILLPRIV)
	FLAG(FUSE_POSIX_ACL) FLAG(FUSE_ABORT_ERROR) FLAG(FUSE_MAX_PAGES) FLAG(FUSE_CACHE_SYMLINKS)
	FLAG(FUSE_NO_OPENDIR_SUPPORT) FLAG(FUSE_EXPLICIT_INVAL_DATA) FLAG(FUSE_MAP_ALIGNMENT) FLAG(FUSE_SUBMOUNTS)
	FLAG(FUSE_HANDLE_KILLPRIV_V2) FLAG(FUSE_SETXATTR_EXT) FLAG(FUSE_INIT_EXT) FLAG(FUSE_INIT_RESERVED)
	FLAG(FUSE_SECURITY_CTX) FLAG(FUSE_HAS_INODE_DAX) FLAG(FUSE_HAS_EXPIRE_ONLY)
#if SINCE(39)
	FLAG(FUSE_DIRECT_IO_ALLOW_MMAP)
#endif
#if SINCE(40)
	FLAG(FUSE_CREATE_SUPP_GROUP) FLAG(FUSE_PASSTHROUGH) FLAG(FUSE_NO_EXPORT_SUPPORT) FLAG(FUSE_HAS_RESEND)
#endif
#if SINCE(41)
	FLAG(FUSE_ALLOW_IDMAP)
#endif
#if SINCE(42)
	FLAG(FUSE_OVER_IO_URING) FLAG(FUSE_REQUEST_TIMEOUT)
#endif
	FLAG(FOPEN_DIRECT_IO) FLAG(FOPEN_KEEP_CACHE) FLAG(FOPEN_NONSEEKABLE) FLAG(FOPEN_CACHE_DIR) FLAG(FOPEN_STREAM)
	FLAG(FOPEN_NOFLUSH) FLAG(FOPEN_PARALLEL_DIRECT_WRITES)
#if SINCE(40)
	FLAG(FOPEN_PASSTHROUGH)
#endif
	FLAG(FATTR_MODE) FLAG(FATTR_UID) FLAG(FATTR_GID) FLAG(FATTR_SIZE) FLAG(FATTR_ATIME) FLAG(FATTR_MTIME)
	FLAG(FATTR_FH) FLAG(FATTR_ATIME_NOW) FLAG(FATTR_MTIME_NOW) FLAG(FATTR_LOCKOWNER) FLAG(FATTR_CTIME)
	FLAG(FATTR_KILL_SUIDGID)
	FLAG(FUSE_WRITE_CACHE) FLAG(FUSE_WRITE_LOCKOWNER) FLAG(FUSE_WRITE_KILL_SUIDGID)
	FLAG(FUSE_OPEN_KILL_SUIDGID) FLAG(FUSE_FSYNC_FDATASYNC)
	FLAG(FALLOC_FL_KEEP_SIZE) FLAG(FALLOC_FL_PUNCH_HOLE) FLAG(FALLOC_FL_ZERO_RANGE)
	IOCTL(FUSE_DEV_IOC_CLONE)
#if SINCE(40)
	IOCTL(FUSE_DEV_IOC_BACKING_OPEN) IOCTL(FUSE_DEV_IOC_BACKING_CLOSE)
#endif
}

int main(void)
{
	printf("protocol %d.%d\n", FUSE_KERNEL_VERSION, FUSE_KERNEL_MINOR_VERSION);
	structs();
	opcodes();
	flags();
	/* A full disk must not look like a short but correct answer. */
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
