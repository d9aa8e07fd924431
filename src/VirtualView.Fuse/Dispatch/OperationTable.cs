using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Dispatch.Operations;
using VirtualView.Fuse.Dispatch.Operations.Writing;
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
        this[FuseOpcode.NotifyReply] = new ConstantOperation(Answer.None); // takes no reply

        this[FuseOpcode.Lookup] = new LookupOperation(fileSystem, options, encoder, room, logger);
        this[FuseOpcode.Forget] = new ForgetOperation(fileSystem);
        this[FuseOpcode.BatchForget] = new BatchForgetOperation(fileSystem);
        this[FuseOpcode.GetAttr] = new GetAttributesOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.Statx] = new StatxOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.ReadLink] = new ReadLinkOperation(fileSystem);
        this[FuseOpcode.GetXAttr] = new GetExtendedAttributeOperation(fileSystem);
        this[FuseOpcode.ListXAttr] = new ListExtendedAttributesOperation();
        this[FuseOpcode.StatFs] = new StatisticsOperation(fileSystem);

        this[FuseOpcode.Open] = new OpenOperation(fileSystem, options, handles, modes, room, logger);
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
        if (fileSystem is IWritableFileSystem writable)
        {
            this[FuseOpcode.LSeek] = new SeekWrittenOperation(writable, room, logger);
            this[FuseOpcode.ListXAttr] = new ListWrittenAttributesOperation(writable);
        }

        if (fileSystem is IWritableFileSystem changing && !options.ReadOnly)
            ServeWriting(changing, encoder, handles, modes, room, counters, logger);
        else
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

    private void ServeWriting(
        IWritableFileSystem fileSystem, AttributeEncoder encoder, OpenHandles handles, OpenModes modes,
        WaitingRoom room, FuseCounters counters, ILogger logger)
    {
        this[FuseOpcode.Create] = new CreateOperation(fileSystem, isUnnamed: false, encoder, handles, modes, room, logger);
        this[FuseOpcode.TmpFile] = new CreateOperation(fileSystem, isUnnamed: true, encoder, handles, modes, room, logger);
        this[FuseOpcode.MkNod] = new MakeNodeOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.MkDir] = new MakeDirectoryOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.Symlink] = new MakeSymlinkOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.Link] = new LinkOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.Unlink] = new RemoveOperation(fileSystem, isDirectory: false, room, logger);
        this[FuseOpcode.RmDir] = new RemoveOperation(fileSystem, isDirectory: true, room, logger);
        this[FuseOpcode.Rename] = new RenameOperation(fileSystem, hasFlags: false, room, logger);
        this[FuseOpcode.Rename2] = new RenameOperation(fileSystem, hasFlags: true, room, logger);

        this[FuseOpcode.Write] = new WriteOperation(fileSystem, counters, room, logger);
        this[FuseOpcode.Flush] = new FlushOperation(fileSystem, room, logger);
        this[FuseOpcode.Release] = new ReleaseWrittenOperation(handles, room, logger);
        this[FuseOpcode.FSync] = new SyncOperation(fileSystem, isDirectory: false, room, logger);
        this[FuseOpcode.FSyncDir] = new SyncOperation(fileSystem, isDirectory: true, room, logger);
        this[FuseOpcode.FAllocate] = new AllocateOperation(fileSystem, room, logger);
        this[FuseOpcode.CopyFileRange] = new CopyRangeOperation(fileSystem, isWide: false, room, logger);
        this[FuseOpcode.CopyFileRange64] = new CopyRangeOperation(fileSystem, isWide: true, room, logger);

        this[FuseOpcode.SetAttr] = new SetAttributesOperation(fileSystem, encoder, room, logger);
        this[FuseOpcode.SetXAttr] = new SetExtendedAttributeOperation(fileSystem, room, logger);
        this[FuseOpcode.RemoveXAttr] = new RemoveExtendedAttributeOperation(fileSystem, room, logger);
    }

    private void RefuseWriting()
    {
        var readOnly = new ConstantOperation(Answer.Failed(Errno.EROFS));
        ReadOnlySpan<FuseOpcode> writing =
        [
            FuseOpcode.SetAttr, FuseOpcode.Symlink, FuseOpcode.MkNod, FuseOpcode.MkDir, FuseOpcode.Unlink,
            FuseOpcode.RmDir, FuseOpcode.Rename, FuseOpcode.Rename2, FuseOpcode.Link, FuseOpcode.Write,
            FuseOpcode.Create, FuseOpcode.TmpFile, FuseOpcode.SetXAttr, FuseOpcode.RemoveXAttr,
            FuseOpcode.FAllocate, FuseOpcode.CopyFileRange, FuseOpcode.CopyFileRange64,
        ];
        foreach (var opcode in writing) this[opcode] = readOnly;
    }
}
