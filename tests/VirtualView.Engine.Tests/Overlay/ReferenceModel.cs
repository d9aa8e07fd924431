using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;

namespace VirtualView.Engine.Tests.Overlay;

/// <summary>A file system in memory, as plain as can be: what the overlay must look like.</summary>
internal sealed class ReferenceModel
{
    private readonly ModelNode _root = ModelNode.Directory();

    public ModelNode? Find(string path)
    {
        var at = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.Names?.GetValueOrDefault(name) is not { } next) return null;
            at = next;
        }

        return at;
    }

    public (ModelNode? Directory, string Name) Split(string path)
    {
        var cut = path.LastIndexOf('/');
        return (Find(path[..cut]) is { IsDirectory: true } directory ? directory : null, path[(cut + 1)..]);
    }

    public void Put(string path, byte[] bytes)
    {
        var at = _root;
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names[..^1])
        {
            if (!at.Names!.TryGetValue(name, out var next)) at.Names[name] = next = ModelNode.Directory();
            at = next;
        }

        at.Names![names[^1]] = new ModelNode { Bytes = bytes };
    }

    public FileSystemError Add(string path, ModelNode node)
    {
        var (directory, name) = Split(path);
        return directory!.Names!.TryAdd(name, node) ? FileSystemError.None : FileSystemError.Exists;
    }

    public FileSystemError Unlink(string path)
    {
        var (directory, name) = Split(path);
        if (!directory!.Names!.TryGetValue(name, out var node)) return FileSystemError.NotFound;
        if (node.IsDirectory) return FileSystemError.IsADirectory;
        directory.Names.Remove(name);
        return FileSystemError.None;
    }

    public FileSystemError RemoveDirectory(string path)
    {
        var (directory, name) = Split(path);
        if (!directory!.Names!.TryGetValue(name, out var node)) return FileSystemError.NotFound;
        if (!node.IsDirectory) return FileSystemError.NotADirectory;
        if (node.Names!.Count > 0) return FileSystemError.NotEmpty;
        directory.Names.Remove(name);
        return FileSystemError.None;
    }

    public FileSystemError Rename(string from, string to, RenameMode mode)
    {
        var (source, fromName) = Split(from);
        var (target, toName) = Split(to);
        if (!source!.Names!.TryGetValue(fromName, out var moved)) return FileSystemError.NotFound;
        target!.Names!.TryGetValue(toName, out var replaced);
        if (replaced is not null && mode == RenameMode.NoReplace) return FileSystemError.Exists;
        if (replaced is null && mode == RenameMode.Exchange) return FileSystemError.NotFound;
        if (ReferenceEquals(moved, replaced)) return FileSystemError.None;
        if (mode == RenameMode.Exchange)
        {
            if (Holds(moved, target) || Holds(replaced!, source)) return FileSystemError.InvalidArgument;
            (source.Names[fromName], target.Names[toName]) = (replaced!, moved);
            return FileSystemError.None;
        }

        if (replaced is not null && moved.IsDirectory != replaced.IsDirectory)
            return moved.IsDirectory ? FileSystemError.NotADirectory : FileSystemError.IsADirectory;
        if (replaced is { IsDirectory: true, Names.Count: > 0 }) return FileSystemError.NotEmpty;
        if (Holds(moved, target)) return FileSystemError.InvalidArgument;
        source.Names.Remove(fromName);
        target.Names[toName] = moved;
        return FileSystemError.None;
    }

    private static bool Holds(ModelNode above, ModelNode node) =>
        ReferenceEquals(above, node) || above.Names?.Values.Any(below => Holds(below, node)) == true;
}
