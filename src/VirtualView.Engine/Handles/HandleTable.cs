using System.Collections.Concurrent;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Versions;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.Handles;

/// <summary>Open files and directories by their handle. Lookups neither wait nor allocate.</summary>
internal sealed class HandleTable
{
    private readonly ConcurrentDictionary<ulong, OpenFile> _files = new();
    private readonly ConcurrentDictionary<ulong, OpenDirectory> _directories = new();
    private ulong _last;

    /// <summary>A file's handle is not there any more.</summary>
    public event Action<OpenFile>? Closed;

    public int Count => _files.Count + _directories.Count;

    /// <summary>How many handles are open on a version.</summary>
    public int CountOf(VersionId version) => _files.Values.Count(file => file.Version.Version.Id == version);

    public HandleId Next() => new(Interlocked.Increment(ref _last));

    public void Add(OpenFile file) => _files[file.Id.Value] = file;

    public void Add(OpenDirectory directory) => _directories[directory.Id.Value] = directory;

    public OpenFile? File(HandleId id) => _files.GetValueOrDefault(id.Value);

    public IEnumerable<OpenFile> Files => _files.Values;

    /// <summary>Open files of a node.</summary>
    public IEnumerable<OpenFile> FilesOf(Node node) => _files.Values.Where(file => file.Node == node);

    public OpenDirectory? Directory(HandleId id) => _directories.GetValueOrDefault(id.Value);

    public OpenFile? RemoveFile(HandleId id)
    {
        if (!_files.TryRemove(id.Value, out var file)) return null;
        Closed?.Invoke(file);
        return file;
    }

    public OpenDirectory? RemoveDirectory(HandleId id) => _directories.TryRemove(id.Value, out var directory) ? directory : null;
}
