using System.Collections.Immutable;
using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Runs;
using Caller = VirtualView.Simulation.Runs.Caller;
using VirtualView.Simulation.Writing.Model;

namespace VirtualView.Simulation.Writing;

/// <summary>Programs that write in the view of one process, as a kernel hands their calls on.</summary>
internal sealed class Programs(Caller caller, IWritableFileSystem files)
{
    private const int TriesAfterStale = 4;
    private const int ReadBytes = 700;
    private const OpenIntent ReadAndWrite = OpenIntent.Read | OpenIntent.Write;

    private readonly Dictionary<int, OpenFile> _open = [];

    public bool HasOpen(int slot) => _open.ContainsKey(slot);

    /// <summary>Calls as the step says. A stale node is looked up again, as a kernel does it.</summary>
    public async Task<FileSystemError> CallAsync(ProgramCall call)
    {
        for (var tries = 1; ; tries++)
        {
            var error = await OnceAsync(call);
            if (error != FileSystemError.Stale || tries == TriesAfterStale || call.UsesOpenFile) return error;
        }
    }

    public async Task<SeenNode> LookAsync(VirtualPath path, bool isDeep)
    {
        for (var tries = 1; ; tries++)
        {
            var found = await WalkAsync(path);
            if (!found.TryGet(out var attributes)) return new SeenNode(found.Error);
            var seen = await LookAsync(attributes, isDeep, path);
            Forget(attributes.Node);
            if (seen.Trouble != FileSystemError.Stale || tries == TriesAfterStale) return seen;
        }
    }

    public Task<SeenContent> ReadOpenAsync(int slot) => ReadAsync(_open[slot]);

    private async Task<FileSystemError> OnceAsync(ProgramCall call)
    {
        var step = call.Step;
        switch (step.Kind)
        {
            case StepKind.Create:
                return await InDirectoryAsync(call.Path, async directory =>
                {
                    var made = await SayAsync(call, () => files.CreateAsync(directory, call.Path.Name, New(call, EntryKind.File), ReadAndWrite, CancellationToken.None));
                    if (made.TryGet(out var created)) _open[call.Slot] = new OpenFile(created.Handle, created.Attributes.Node);
                    return made.Error;
                });
            case StepKind.MakeDirectory or StepKind.MakeSymlink:
                var kind = step.Kind == StepKind.MakeDirectory ? EntryKind.Directory : EntryKind.Symlink;
                return await InDirectoryAsync(call.Path, async directory =>
                    Forgotten(await SayAsync(call, () => files.MakeAsync(directory, call.Path.Name, New(call, kind), CancellationToken.None))));
            case StepKind.OpenForWriting or StepKind.OpenAndEmpty:
                return await OpenAsync(call, step.Kind == StepKind.OpenForWriting ? ReadAndWrite : ReadAndWrite | OpenIntent.Truncate);
            case StepKind.Unlink:
                return await InDirectoryAsync(call.Path, directory => SayAsync(call, () => files.UnlinkAsync(directory, call.Path.Name, CancellationToken.None)));
            case StepKind.RemoveDirectory:
                return await InDirectoryAsync(call.Path, directory => SayAsync(call, () => files.RemoveDirectoryAsync(directory, call.Path.Name, CancellationToken.None)));
            case StepKind.Rename:
                return await InDirectoryAsync(call.Path, from => InDirectoryAsync(call.OtherPath, to =>
                    SayAsync(call, () => files.RenameAsync(from, call.Path.Name, to, call.OtherPath.Name, (RenameMode)step.B, CancellationToken.None))));
            case StepKind.Link:
                return await OnNodeAsync(call.Path, node => InDirectoryAsync(call.OtherPath, async directory =>
                    Forgotten(await SayAsync(call, () => files.LinkAsync(node.Node, directory, call.OtherPath.Name, CancellationToken.None)))));
            case StepKind.Truncate:
                return await OnNodeAsync(call.Path, node => SetAsync(call, node.Node, new AttributeChange { SizeBytes = step.A }));
            case StepKind.SetMode:
                return await OnNodeAsync(call.Path, node => SetAsync(call, node.Node, new AttributeChange { Mode = call.Mode }));
            case StepKind.SetTime:
                return await OnNodeAsync(call.Path, node => SetAsync(call, node.Node, new AttributeChange { ModifiedAt = TimeChange.To(call.Time) }));
            case StepKind.SetAttribute:
                var value = Encoding.UTF8.GetBytes(call.AttributeValue);
                return await OnNodeAsync(call.Path, node => SayAsync(call, () => files.SetExtendedAttributeAsync(node.Node, Name(call), value, SetAttributeMode.Either, CancellationToken.None)));
            case StepKind.RemoveAttribute:
                return await OnNodeAsync(call.Path, node => SayAsync(call, () => files.RemoveExtendedAttributeAsync(node.Node, Name(call), CancellationToken.None)));
            case StepKind.SyncDirectory:
                return await OnNodeAsync(call.Path, node => SyncDirectoryAsync(call, node));
            default:
                return await OnOpenFileAsync(call, _open[call.Slot]);
        }
    }

    private async Task<FileSystemError> OnOpenFileAsync(ProgramCall call, OpenFile open)
    {
        var step = call.Step;
        switch (step.Kind)
        {
            case StepKind.Write:
                return await WriteAsync(call, open, step.A);
            case StepKind.Append:
                // The kernel knows the size, and lets no one else write meanwhile.
                var attributes = await SayAsync(call, () => files.GetAttributesAsync(open.Node, CancellationToken.None));
                return attributes.TryGet(out var known) ? await WriteAsync(call, open, known.SizeBytes) : attributes.Error;
            case StepKind.Allocate:
                return await SayAsync(call, () => files.AllocateAsync(open.Handle, (AllocateMode)step.C, step.A, step.B, CancellationToken.None));
            case StepKind.CopyRange:
                return (await SayAsync(call, () => files.CopyRangeAsync(_open[call.OtherSlot].Handle, step.A, open.Handle, step.B, step.C, CancellationToken.None))).Error;
            case StepKind.Sync or StepKind.SyncData:
                return await SayAsync(call, () => files.SyncAsync(open.Handle, step.Kind == StepKind.SyncData, CancellationToken.None));
            case StepKind.Close:
                var error = await SayAsync(call, () => files.FlushAsync(open.Handle, CancellationToken.None));
                if (error != FileSystemError.None) return error;
                _open.Remove(call.Slot);
                files.Release(open.Handle);
                Forget(open.Node);
                return error;
            default:
                throw new InvalidOperationException($"nobody carries out {step.Kind}");
        }
    }

    private async Task<FileSystemError> WriteAsync(ProgramCall call, OpenFile open, long offset) =>
        files.TryWrite(open.Handle, offset, call.Bytes, dropsPrivileges: false).IsDone
            ? FileSystemError.None
            : await SayAsync(call, () => files.WriteAsync(open.Handle, offset, call.Bytes, dropsPrivileges: false, CancellationToken.None));

    private async Task<FileSystemError> OpenAsync(ProgramCall call, OpenIntent intent)
    {
        var found = await WalkAsync(call.Path);
        if (!found.TryGet(out var node)) return found.Error;
        var refused = node.Kind switch
        {
            EntryKind.File => FileSystemError.None,
            EntryKind.Directory => FileSystemError.IsADirectory,
            _ => FileSystemError.InvalidArgument,
        };
        if (refused == FileSystemError.None)
        {
            var opened = await SayAsync(call, () => files.OpenAsync(node.Node, intent, CancellationToken.None));
            if (opened.TryGet(out var handle))
            {
                _open[call.Slot] = new OpenFile(handle, node.Node);
                return FileSystemError.None;
            }

            refused = opened.Error;
        }

        Forget(node.Node);
        return refused;
    }

    private async Task<FileSystemError> SyncDirectoryAsync(ProgramCall call, NodeAttributes node)
    {
        if (node.Kind != EntryKind.Directory) return FileSystemError.NotADirectory;
        var opened = await SayAsync(call, () => files.OpenDirectoryAsync(node.Node, CancellationToken.None));
        if (!opened.TryGet(out var handle)) return opened.Error;
        var error = await SayAsync(call, () => files.SyncDirectoryAsync(handle, dataOnly: false, CancellationToken.None));
        files.ReleaseDirectory(handle);
        return error;
    }

    private async Task<FileSystemError> SetAsync(ProgramCall call, NodeId node, AttributeChange change) =>
        (await SayAsync(call, () => files.SetAttributesAsync(node, null, change, CancellationToken.None))).Error;

    private async Task<FileSystemError> InDirectoryAsync(VirtualPath path, Func<NodeId, Task<FileSystemError>> call)
    {
        var found = await WalkAsync(path.Parent);
        if (!found.TryGet(out var directory)) return found.Error;
        var error = directory.Kind == EntryKind.Directory ? await call(directory.Node) : FileSystemError.NotADirectory;
        Forget(directory.Node);
        return error;
    }

    private async Task<FileSystemError> OnNodeAsync(VirtualPath path, Func<NodeAttributes, Task<FileSystemError>> call)
    {
        var found = await WalkAsync(path);
        if (!found.TryGet(out var node)) return found.Error;
        var error = await call(node);
        Forget(node.Node);
        return error;
    }

    private async Task<Outcome<NodeAttributes>> WalkAsync(VirtualPath path)
    {
        var at = await SayAsync("getattr of the root", () => files.GetAttributesAsync(NodeId.Root, CancellationToken.None));
        foreach (var name in path.Names)
        {
            if (!at.TryGet(out var directory)) return at;
            if (directory.Kind != EntryKind.Directory)
            {
                Forget(directory.Node);
                return FileSystemError.NotADirectory;
            }

            at = await SayAsync($"lookup of {name} for {path}", () => files.LookupAsync(directory.Node, name, CancellationToken.None));
            Forget(directory.Node);
        }

        return at;
    }

    private async Task<SeenNode> LookAsync(NodeAttributes attributes, bool isDeep, VirtualPath path)
    {
        // They may have changed since the lookup that found the node.
        var again = await SayAsync($"getattr of {path}", () => files.GetAttributesAsync(attributes.Node, CancellationToken.None));
        if (!again.TryGet(out attributes)) return new SeenNode(FileSystemError.None, attributes) { Trouble = again.Error };
        var seen = new SeenNode(FileSystemError.None, attributes) { ExtendedAttributes = AttributesOf(attributes.Node) };
        switch (attributes.Kind)
        {
            case EntryKind.Symlink:
                return seen with { Target = files.ReadLink(attributes.Node).TryGet(out var target) ? Encoding.UTF8.GetString(target.Span) : "?" };
            case EntryKind.Directory:
                return await ListAsync(seen, isDeep, path);
            default:
                var opened = await SayAsync($"open of {path}", () => files.OpenAsync(attributes.Node, OpenIntent.Read, CancellationToken.None));
                if (!opened.TryGet(out var handle)) return seen with { Trouble = opened.Error };
                var content = await ReadAsync(new OpenFile(handle, attributes.Node));
                files.Release(handle);
                return seen with { Content = content };
        }
    }

    private async Task<SeenNode> ListAsync(SeenNode seen, bool isDeep, VirtualPath path)
    {
        var opened = await SayAsync($"opendir of {path}", () => files.OpenDirectoryAsync(seen.Attributes.Node, CancellationToken.None));
        if (!opened.TryGet(out var handle)) return seen with { Trouble = opened.Error };
        var listing = new DirectoryListing(5);
        listing.BeginReply();
        do
        {
            if (files.ReadDirectory(handle, listing.Position, withAttributes: true, listing) != FileSystemError.None) break;
        }
        while (!listing.BeginReply());
        files.ReleaseDirectory(handle);
        foreach (var node in listing.Nodes) Forget(node);
        var names = ImmutableSortedDictionary.CreateBuilder<PathName, SeenNode?>();
        foreach (var name in listing.Names.Where(name => name is not ("." or "..") && !name.StartsWith("ballast", StringComparison.Ordinal)))
        {
            var below = path / PathName.Of(name);
            if (names.ContainsKey(below.Name)) return seen with { Error = FileSystemError.Internal };
            names[below.Name] = isDeep ? await LookAsync(below, isDeep) : null;
        }

        return seen with { Names = names.ToImmutable() };
    }

    private async Task<SeenContent> ReadAsync(OpenFile open)
    {
        var attributes = await SayAsync("getattr", () => files.GetAttributesAsync(open.Node, CancellationToken.None));
        var content = new SeenContent(attributes.TryGet(out var known) ? (int)known.SizeBytes : 0);
        var into = new byte[ReadBytes];
        for (var at = 0; at < content.SizeBytes; at += ReadBytes)
        {
            var offset = at;
            var read = files.TryRead(open.Handle, at, into) is { IsDone: true } step
                ? ReadOutcome.Read(step.Bytes)
                : await SayAsync("read", () => files.ReadAsync(open.Handle, offset, into, CancellationToken.None));
            if (read.IsOk) content.Saw(at, into.AsSpan(0, Math.Min(read.Bytes, content.SizeBytes - at)));
            else content.Trouble = read.Error;
        }

        return content;
    }

    private ImmutableSortedDictionary<string, string> AttributesOf(NodeId node)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, string>();
        if (!files.ListExtendedAttributes(node).TryGet(out var names)) return found.ToImmutable();
        foreach (var name in Encoding.UTF8.GetString(names.Span).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            found[name] = files.GetExtendedAttribute(node, Encoding.UTF8.GetBytes(name)).TryGet(out var value) ? Encoding.UTF8.GetString(value.Span) : "?";
        return found.ToImmutable();
    }

    private async Task<Outcome<T>> SayAsync<T>(object what, Func<ValueTask<Outcome<T>>> call)
    {
        var (hasEnded, answer) = await caller.CallAsync(what.ToString()!, call);
        return hasEnded ? answer : FileSystemError.Internal;
    }

    private async Task<FileSystemError> SayAsync(object what, Func<ValueTask<FileSystemError>> call)
    {
        var (hasEnded, answer) = await caller.CallAsync(what.ToString()!, call);
        return hasEnded ? answer : FileSystemError.Internal;
    }

    private async Task<ReadOutcome> SayAsync(object what, Func<ValueTask<ReadOutcome>> call)
    {
        var (hasEnded, answer) = await caller.CallAsync(what.ToString()!, call);
        return hasEnded ? answer : ReadOutcome.Failed(FileSystemError.Internal);
    }

    private static NewNode New(ProgramCall call, EntryKind kind) =>
        new() { Kind = kind, Mode = call.Mode, Owner = new Core.FileSystem.Caller(1000, 1000), Target = Encoding.UTF8.GetBytes(kind == EntryKind.Symlink ? call.Target : "") };

    private static ReadOnlyMemory<byte> Name(ProgramCall call) => Encoding.UTF8.GetBytes(call.AttributeName);

    private FileSystemError Forgotten(Outcome<NodeAttributes> made)
    {
        if (made.TryGet(out var node)) Forget(node.Node);
        return made.Error;
    }

    private void Forget(NodeId node)
    {
        if (node != NodeId.Root) files.Forget(node, 1);
    }
}
