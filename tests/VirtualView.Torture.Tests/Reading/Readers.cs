using VirtualView.Torture.Tests.Content;
using VirtualView.Torture.Tests.Daemon;

namespace VirtualView.Torture.Tests.Reading;

/// <summary>Several programs at once on the mount: one reads all files once, others jump about and keep files open.</summary>
internal sealed class Readers
{
    private const int Jumpers = 2;
    private const int Kept = 4;

    private readonly SourceWorld _world;
    private readonly DaemonLife _daemon;
    private readonly ReadLedger _ledger;
    private readonly string[] _folders;
    private readonly Task[] _all;
    private volatile bool _isEnough;

    private Readers(SourceWorld world, DaemonLife daemon, ReadLedger ledger, string[] folders, int seed)
    {
        (_world, _daemon, _ledger, _folders) = (world, daemon, ledger, folders);
        // Threads of their own: a read of a mount keeps its thread.
        SweepEnded = Start(() => Sweep(new Random(seed)));
        _all = [SweepEnded, .. Enumerable.Range(1, Jumpers).Select(number => Start(() => Jump(new Random(seed + number))))];
    }

    /// <summary>All files were read once, or nothing more can be read.</summary>
    public Task SweepEnded { get; }

    private bool IsOver => _isEnough || _daemon.IsEnding;

    public static Readers Begin(SourceWorld world, DaemonLife daemon, ReadLedger ledger, string[] folders, int seed) =>
        new(world, daemon, ledger, folders, seed);

    public async Task EndAsync()
    {
        _isEnough = true;
        await Task.WhenAll(_all).WaitAsync(DaemonLife.Patience, TimeProvider.System);
    }

    private static Task Start(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Sweep(Random random)
    {
        var files = _folders.SelectMany(folder => Enumerable.Range(0, SourceWorld.Files).Select(file => (folder, file))).ToArray();
        random.Shuffle(files);
        foreach (var (folder, file) in files)
        {
            if (IsOver) return;
            using var handle = Open(folder, file);
            handle?.ReadAll(() => IsOver);
        }
    }

    private void Jump(Random random)
    {
        var kept = new Queue<CheckedHandle>();
        while (!IsOver)
        {
            if (Open(_folders[random.Next(_folders.Length)], random.Next(SourceWorld.Files)) is { } opened) kept.Enqueue(opened);
            if (kept.Count == 0) continue;
            for (var read = 0; read < 16 && !IsOver; read++)
            {
                // An old one now and then: its version may be gone at the source since.
                var handle = random.Next(4) == 0 ? kept.Peek() : kept.Last();
                if (!handle.Read(random.NextInt64(handle.SizeBytes + 100), random.Next(1, 200_000))) break;
            }

            while (kept.Count > Kept) kept.Dequeue().Dispose();
        }

        foreach (var handle in kept) handle.Dispose();
    }

    private CheckedHandle? Open(string folder, int file) => CheckedHandle.Open(_world, _daemon, _ledger, folder, file);
}
