using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Dispatch.Operations;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Passthrough;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch;

/// <summary>Which operation serves which opcode.</summary>
internal sealed class OperationTable
{
    private const int Opcodes = 64;

    /// <summary>ENOSYS: the kernel does without, and for most opcodes does not ask again.</summary>
    private static readonly IOperation Unknown = new ConstantOperation(Answer.Failed(Errno.ENOSYS));

    private readonly IOperation[] _operations = Enumerable.Repeat(Unknown, Opcodes).ToArray();
    private readonly Negotiation _negotiation;

    public OperationTable(
        IViewFileSystem fileSystem, FuseMountOptions options, Negotiation negotiation, OpenHandles handles, OpenModes modes,
        WaitingRoom room, InterruptWatch interrupts, FuseCounters counters, ILogger logger)
    {
        _negotiation = negotiation;
        var encoder = new AttributeEncoder(options, negotiation);
        var done = new ConstantOperation(Answer.Done);

        this[FuseOpcode.Init] = new InitOperation(options, negotiation);
        this[FuseOpcode.Destroy] = done;
        this[FuseOpcode.Interrupt] = new InterruptOperation(interrupts);
        this[FuseOpcode.NotifyReply] = new ConstantOperation(Answer.None); // woke a reader, that was all

        this[FuseOpcode.Lookup] = new LookupOperation(fileSystem, options, encoder, room, logger);
        this[FuseOpcode.Forget] = new ForgetOperation(fileSystem);
        this[FuseOpcode.BatchForget] = new BatchForgetOperation(fileSystem);
        this[FuseOpcode.GetAttr] = new GetAttributesOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.Statx] = new StatxOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.ReadLink] = new ReadLinkOperation(fileSystem);
        this[FuseOpcode.GetXAttr] = new GetExtendedAttributeOperation(fileSystem);
        this[FuseOpcode.ListXAttr] = new ListExtendedAttributesOperation();
        this[FuseOpcode.StatFs] = new StatisticsOperation(fileSystem);

        this[FuseOpcode.Open] = new OpenOperation(fileSystem, handles, modes, room, logger);
        this[FuseOpcode.Read] = new ReadOperation(fileSystem, options, counters, room, interrupts, logger);
        this[FuseOpcode.LSeek] = new SeekOperation(fileSystem, room, logger);
        this[FuseOpcode.Flush] = done;
        this[FuseOpcode.FSync] = done;
        this[FuseOpcode.Release] = new ReleaseOperation(handles, isDirectory: false);

        this[FuseOpcode.OpenDir] = new OpenDirectoryOperation(fileSystem, handles, room, logger);
        this[FuseOpcode.ReadDir] = new ReadDirectoryOperation(fileSystem, encoder, withAttributes: false);
        this[FuseOpcode.ReadDirPlus] = new ReadDirectoryOperation(fileSystem, encoder, withAttributes: true);
        this[FuseOpcode.FSyncDir] = done;
        this[FuseOpcode.ReleaseDir] = new ReleaseOperation(handles, isDirectory: true);

        this[FuseOpcode.Ioctl] = new ConstantOperation(Answer.Failed(Errno.ENOTTY));
        RefuseWriting();
    }

    private IOperation this[FuseOpcode opcode]
    {
        set => _operations[(int)opcode] = value;
    }

    public IOperation Find(FuseOpcode opcode) => (uint)opcode < Opcodes ? _operations[(int)opcode] : Unknown;

    /// <summary>What must not happen before the kernel has the reply.</summary>
    public void AfterReply(FuseOpcode opcode)
    {
        if (opcode == FuseOpcode.Init) _negotiation.Confirm();
    }

    private void RefuseWriting()
    {
        var readOnly = new ConstantOperation(Answer.Failed(Errno.EROFS));
        ReadOnlySpan<FuseOpcode> writing =
        [
            FuseOpcode.SetAttr, FuseOpcode.Symlink, FuseOpcode.MkNod, FuseOpcode.MkDir, FuseOpcode.Unlink,
            FuseOpcode.RmDir, FuseOpcode.Rename, FuseOpcode.Rename2, FuseOpcode.Link, FuseOpcode.Write,
            FuseOpcode.Create, FuseOpcode.TmpFile, FuseOpcode.SetXAttr, FuseOpcode.RemoveXAttr,
            FuseOpcode.FAllocate, FuseOpcode.CopyFileRange,
        ];
        foreach (var opcode in writing) this[opcode] = readOnly;
    }
}
