using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.CacheControl;

/// <summary>Why something could not be done with one path, in words.</summary>
public sealed record PathProblem(string Path, string Message)
{
    /// <summary>As many as a report carries; it counts them all.</summary>
    public const int MostReported = 100;

    internal static PathProblem Of(VirtualPath path, string message) => new(path.ToString(), message);

    internal static PathProblem Of(VirtualPath path, FileSystemError error) => Of(path, error switch
    {
        FileSystemError.NotFound or FileSystemError.Stale => "its sources do not have it any more",
        FileSystemError.Unreachable => "no source that has it answers",
        FileSystemError.TimedOut => "its sources did not answer in time",
        FileSystemError.AccessDenied => "its sources refuse it to these credentials",
        FileSystemError.Interrupted => "the daemon is stopping",
        _ => $"it failed: {error}",
    });
}
