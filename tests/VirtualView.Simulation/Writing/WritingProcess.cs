using VirtualView.Core.FileSystem;
using VirtualView.Simulation.Disk;
using VirtualView.Simulation.Runs;
using Caller = VirtualView.Simulation.Runs.Caller;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Writing;

/// <summary>One process with a view that can be written.</summary>
internal sealed class WritingProcess(Life life, IViewUnderTest view, Caller caller, SimulatedBlockStore blocks)
{
    private readonly List<Task> _polls = [];

    public Life Life => life;

    public IViewUnderTest View => view;

    public Programs Programs { get; } = new(caller, (IWritableFileSystem)view.FileSystem);

    public void Poll() => _polls.Add(caller.CallAsync("poll", Caller.LongestPoll, () => view.PollAsync(acceptDeletions: false, CancellationToken.None)));

    public async Task StopAsync()
    {
        await Task.WhenAll(_polls);
        await caller.CallAsync("stop", Caller.LongestCall, view.DisposeAsync);
        await caller.CallAsync("stop of the block store", Caller.LongestCall, blocks.DisposeAsync);
    }
}
