using System.Collections.Concurrent;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Tests.Past;

/// <summary>A kernel that is told, and does nothing.</summary>
internal sealed class RecordingNotifier : IKernelNotifier
{
    private readonly ConcurrentDictionary<(NodeId, string), TaskCompletionSource<bool>> _told = new();

    public Task<bool> ToldAsync(NodeId parent, string name) => Of(parent, name).Task;

    public void EntryChanged(NodeId parent, PathName name) => Of(parent, name.ToString()).TrySetResult(true);

    public void NodeChanged(NodeId node)
    {
    }

    private TaskCompletionSource<bool> Of(NodeId parent, string name) =>
        _told.GetOrAdd((parent, name), _ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
}
