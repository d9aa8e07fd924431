namespace VirtualView.Simulation.Plans;

/// <summary>What can happen. In brackets the fields of <see cref="Step"/> that each uses.</summary>
public enum StepKind
{
    /// <summary>Time passes [A: milliseconds].</summary>
    Wait,

    /// <summary>Everything that was begun ends.</summary>
    Settle,

    /// <summary>A name is looked up and forgotten again [Path].</summary>
    Look,

    /// <summary>[Slot, Path]; what was open in the slot is released first.</summary>
    Open,

    /// <summary>[Slot, A: offset, B: length].</summary>
    Read,

    /// <summary>A read whose caller gives up [Slot, A: offset, B: length, C: milliseconds].</summary>
    ReadAndCancel,

    /// <summary>[Slot].</summary>
    Release,

    /// <summary>A directory is read to its end [Path: its parent is read].</summary>
    List,

    /// <summary>The view is polled.</summary>
    Poll,

    /// <summary>The view is polled, and all that is missing counts as deleted.</summary>
    Accept,

    /// <summary>New content [Source, Path, A: size in bytes].</summary>
    RemoteWrite,

    /// <summary>New content of the same size [Source, Path].</summary>
    RemoteRewrite,

    /// <summary>[Source, Path].</summary>
    RemoteTouch,

    /// <summary>[Source, Path].</summary>
    RemoteDelete,

    /// <summary>[Source, Path, A: the path it gets].</summary>
    RemoteRename,

    /// <summary>So much of what lies there beside all else is deleted at once [Source, A: of 100].</summary>
    RemoteMassDelete,

    /// <summary>What was deleted so is there again, as it was [Source].</summary>
    RemoteRestore,

    /// <summary>The file as another source has it, with its time [Source: to, A: from, Path].</summary>
    RemoteCopy,

    /// <summary>[Source, A: <see cref="Remote.RemoteFaults"/> from now on].</summary>
    RemoteFault,

    /// <summary>Blocks vanish [A: of 100].</summary>
    Evict,

    /// <summary>Blocks are damaged on disk [A: of 100].</summary>
    Damage,

    /// <summary>[A: <see cref="Disk.DiskFaults"/> from now on].</summary>
    DiskFault,

    /// <summary>The block store makes its data durable.</summary>
    Checkpoint,

    /// <summary>The process is killed, and another one starts.</summary>
    Crash,

    /// <summary>The process ends in peace, and another one starts.</summary>
    Restart,

    /// <summary>The next steps are begun together [A: how many].</summary>
    Together,

    /// <summary>A file or directory is looked at and read [Path].</summary>
    LookInto,

    /// <summary>What a slot has open is read [Slot].</summary>
    ReadOpen,

    /// <summary>All that the view shows is looked at and read.</summary>
    LookAtAll,

    /// <summary>[Path, Slot].</summary>
    Create,

    /// <summary>[Path].</summary>
    MakeDirectory,

    /// <summary>[Path].</summary>
    MakeSymlink,

    /// <summary>[Path, Slot].</summary>
    OpenForWriting,

    /// <summary>[Path, Slot].</summary>
    OpenAndEmpty,

    /// <summary>[Slot, A: offset, B: length, C: which bytes].</summary>
    Write,

    /// <summary>[Slot, B: length, C: which bytes].</summary>
    Append,

    /// <summary>[Slot, A: offset, B: length, C: <see cref="Core.FileSystem.AllocateMode"/>].</summary>
    Allocate,

    /// <summary>[Source: the slot to copy from, A: offset there, Slot: the one to copy to, B: offset there, C: length].</summary>
    CopyRange,

    /// <summary>[Slot].</summary>
    Close,

    /// <summary>[Slot].</summary>
    Sync,

    /// <summary>[Slot].</summary>
    SyncData,

    /// <summary>[Path].</summary>
    SyncDirectory,

    /// <summary>[Path, A: size].</summary>
    Truncate,

    /// <summary>[Path].</summary>
    Unlink,

    /// <summary>[Path].</summary>
    RemoveDirectory,

    /// <summary>[Path, A: the path it gets, B: <see cref="Core.FileSystem.RenameMode"/>].</summary>
    Rename,

    /// <summary>[Path, A: the path of the new name].</summary>
    Link,

    /// <summary>[Path, A: which mode].</summary>
    SetMode,

    /// <summary>[Path, A: which time].</summary>
    SetTime,

    /// <summary>[Path, A: which name, B: which value].</summary>
    SetAttribute,

    /// <summary>[Path, A: which name].</summary>
    RemoveAttribute,

    /// <summary>The process is killed in the midst of one of its next steps on the disk of the overlay [A: after how many].</summary>
    KillSoon,

    /// <summary>The same, and the power goes with it [A].</summary>
    LosePowerSoon,

    /// <summary>The power goes, and the process with it.</summary>
    LosePower,
}
