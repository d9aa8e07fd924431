namespace VirtualView.Engine.CacheControl;

/// <summary>What paths and globs mean by now, each file once.</summary>
internal sealed class Selection
{
    public List<SelectedFile> Files { get; } = [];

    public List<PathProblem> Problems { get; } = [];

    public long Bytes => Files.Sum(file => file.Version.SizeBytes);
}
