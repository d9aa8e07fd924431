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
}
