//! The disk as SQLite sees it: the operating system's, with every write, sync and truncation told to [`Disk`] first.
//!
//! SQLite is handed a table of functions for a file system (`sqlite3_vfs`) and one for its files. Ours pass everything
//! on to those that SQLite brings along; what only looks, locks or maps is passed on as it is.

#![expect(unsafe_code, reason = "the tables are C's")]

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;
use std::ptr;
use std::sync::OnceLock;

use rusqlite::ffi::{
    SQLITE_FCNTL_PRAGMA, SQLITE_IOERR, SQLITE_OK, sqlite3_file, sqlite3_filename, sqlite3_int64,
    sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};

use super::disk::{Change, Disk};

/// One open file. The operating system's own structure follows it in memory.
#[repr(C)]
struct File {
    base: sqlite3_file,
    path: *mut PathBuf,
}

/// The table that SQLite brings along, for ever in the same place.
struct Real(*mut sqlite3_vfs);

// SAFETY: SQLite itself uses this table from any thread, and nobody writes to it.
unsafe impl Send for Real {}
// SAFETY: as above.
unsafe impl Sync for Real {}

static REAL: OnceLock<Real> = OnceLock::new();

/// From now on, every database of this process lies on [`Disk`].
pub(super) fn install() {
    REAL.get_or_init(|| {
        // SAFETY: SQLite gives its own table, which lives as long as the process; ours is leaked for the same reason.
        unsafe {
            let real = sqlite3_vfs_find(c"unix".as_ptr());
            let mut ours = ptr::read(real);
            ours.pNext = ptr::null_mut();
            ours.zName = c"torture".as_ptr();
            ours.szOsFile += c_int::try_from(size_of::<File>()).unwrap_or(c_int::MAX);
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            assert_eq!(
                sqlite3_vfs_register(Box::leak(Box::new(ours)), 1),
                SQLITE_OK,
                "SQLite takes a file system"
            );
            Real(real)
        }
    });
}

fn real() -> *mut sqlite3_vfs {
    REAL.get().map_or(ptr::null_mut(), |real| real.0)
}

/// The operating system's structure of a file of ours.
unsafe fn inner(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: SQLite made room for both, one behind the other (`szOsFile`); a `File` keeps the alignment.
    unsafe { file.cast::<File>().add(1).cast() }
}

/// Tells the disk of a change and passes it on, if there is still power.
unsafe fn change(file: *mut sqlite3_file, what: Change, then: impl FnOnce() -> c_int) -> c_int {
    // SAFETY: every open file of ours has a path until it is closed.
    let path = unsafe { &*(*file.cast::<File>()).path };
    if Disk::change(path, what) { then() } else { SQLITE_IOERR }
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite hands over a file of our size and, for all but temporary files, a name that it keeps.
    unsafe {
        (*file).pMethods = ptr::null();
        let Some(open) = (*real()).xOpen else { return SQLITE_IOERR };
        let path = if name.is_null() {
            PathBuf::new()
        } else {
            PathBuf::from(OsStr::from_bytes(CStr::from_ptr(name).to_bytes()))
        };
        if !Disk::open(&path) {
            return SQLITE_IOERR;
        }
        let opened = open(real(), name, inner(file), flags, out);
        if opened == SQLITE_OK {
            (*file.cast::<File>()).path = Box::into_raw(Box::new(path));
            (*file).pMethods = &raw const METHODS;
        }
        opened
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: SQLite hands over the name of a file.
    unsafe {
        let Some(delete) = (*real()).xDelete else { return SQLITE_IOERR };
        let path = PathBuf::from(OsStr::from_bytes(CStr::from_ptr(name).to_bytes()));
        if Disk::delete(&path) { delete(real(), name, sync) } else { SQLITE_IOERR }
    }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: this file was opened by `open` and is closed once.
    unsafe {
        drop(Box::from_raw((*file.cast::<File>()).path));
        let inner = inner(file);
        (*(*inner).pMethods).xClose.map_or(SQLITE_IOERR, |close| close(inner))
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    many: c_int,
    at: sqlite3_int64,
) -> c_int {
    let (Ok(length), Ok(offset)) = (usize::try_from(many), usize::try_from(at)) else { return SQLITE_IOERR };
    // SAFETY: SQLite hands over that many bytes.
    let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), length) }.to_vec();
    // SAFETY: passed on as it came.
    unsafe { change(file, Change::Write { at: offset, bytes }, || pass_write(file, from, many, at)) }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: sqlite3_int64) -> c_int {
    let Ok(keep) = usize::try_from(length) else { return SQLITE_IOERR };
    // SAFETY: passed on as it came.
    unsafe { change(file, Change::Truncate(keep), || pass_truncate(file, length)) }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { change(file, Change::Sync, || pass_sync(file, flags)) }
}

unsafe extern "C" fn control(file: *mut sqlite3_file, what: c_int, with: *mut c_void) -> c_int {
    if what == SQLITE_FCNTL_PRAGMA && Disk::is_careless() {
        // SAFETY: SQLite hands over the name and the value of a pragma in memory of its own, to be read after this.
        unsafe {
            let words = with.cast::<*mut c_char>();
            let (name, value) = (*words.add(1), *words.add(2));
            if CStr::from_ptr(name) == c"synchronous" && !value.is_null() && CStr::from_ptr(value) == c"FULL"
            {
                ptr::copy_nonoverlapping(c"OFF".as_ptr(), value, 4);
            }
        }
    }
    // SAFETY: passed on as it came.
    unsafe { pass_control(file, what, with) }
}

/// Functions that hand everything to the one of the operating system.
macro_rules! pass {
    ($($name:ident $method:ident($($argument:ident: $type:ty),*);)*) => {
        $(unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $argument: $type)*) -> c_int {
            // SAFETY: what came from SQLite goes on unchanged, with the structure that belongs to the function.
            unsafe {
                let inner = inner(file);
                (*(*inner).pMethods).$method.map_or(SQLITE_IOERR, |method| method(inner $(, $argument)*))
            }
        })*
    };
}

pass! {
    read xRead(to: *mut c_void, many: c_int, at: sqlite3_int64);
    pass_write xWrite(from: *const c_void, many: c_int, at: sqlite3_int64);
    pass_truncate xTruncate(length: sqlite3_int64);
    pass_sync xSync(flags: c_int);
    size xFileSize(out: *mut sqlite3_int64);
    lock xLock(how: c_int);
    unlock xUnlock(how: c_int);
    is_reserved xCheckReservedLock(out: *mut c_int);
    pass_control xFileControl(what: c_int, with: *mut c_void);
    sector xSectorSize();
    device xDeviceCharacteristics();
    map xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void);
    lock_map xShmLock(from: c_int, many: c_int, flags: c_int);
    unmap xShmUnmap(delete: c_int);
}

unsafe extern "C" fn barrier(file: *mut sqlite3_file) {
    // SAFETY: as in `pass`.
    unsafe {
        let inner = inner(file);
        if let Some(barrier) = (*(*inner).pMethods).xShmBarrier {
            barrier(inner);
        }
    }
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    // The second version has no memory-mapped files, whose writes nobody would see.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(is_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(device),
    xShmMap: Some(map),
    xShmLock: Some(lock_map),
    xShmBarrier: Some(barrier),
    xShmUnmap: Some(unmap),
    xFetch: None,
    xUnfetch: None,
};
