using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Mounting;
using VirtualView.Cli.Printing;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Cli.Doctor.Checks;

/// <summary>Whether a source answers, what it can do, and whether its clock agrees with ours.</summary>
internal sealed class SourceCheck(string name, SourceSection section, SourceFactory factory, TimeProvider clock) : IDoctorCheck
{
    private const int MostFoldersTried = 5;

    /// <summary>A system call on a dead export does not end when it is told to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _check = $"source {name}";

    public async ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await Task.Run(() => LookAsync(either.Token), either.Token).WaitAsync(Patience + TimeSpan.FromSeconds(1), clock, cancel);
        }
        catch (Exception silence) when (silence is TimeoutException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return [Finding.Fail(_check, $"it did not answer within {Patience.TotalSeconds:0} s", "check its address and the way to it; files that are cached can be read meanwhile")];
        }
        catch (IOException secret)
        {
            return [Finding.Fail(_check, secret.Message, "give the daemon's environment what the configuration names")];
        }
    }

    private async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancel)
    {
        await using var source = await factory.MakeAsync(name, section, cancel);
        var findings = new List<Finding>();
        var startedAt = clock.GetTimestamp();
        var root = await source.ListAsync(VirtualPath.Root, cancel);
        if (root.Error is { } error) return [Finding.Fail(_check, error.Message, Advice(error.Kind))];
        findings.Add(Finding.Ok(_check, $"{section.Kind}: listed {Counted.Of(root.Value.Count, "entry", "entries")} in {clock.GetElapsedTime(startedAt).TotalMilliseconds:0} ms"));
        findings.Add(await FindFileAsync(source, root.Value, cancel) is { } path
            ? await ReadAsync(source, path, cancel)
            : Finding.Ok(_check, "no file with bytes near its root, so reading was not tried"));
        if (section is HttpSourceSection http && await ServerClock.SkewAsync(new Uri(http.Url!), clock, cancel) is { } skew)
            findings.Add(Clock(skew));
        return findings;
    }

    private static async ValueTask<VirtualPath?> FindFileAsync(ISource source, IReadOnlyList<SourceEntry> root, CancellationToken cancel)
    {
        var pending = new Queue<(VirtualPath Path, IReadOnlyList<SourceEntry> Entries)>([(VirtualPath.Root, root)]);
        for (var tried = 0; pending.TryDequeue(out var at);)
        {
            if (at.Entries.FirstOrDefault(entry => entry.Kind == EntryKind.File && entry.Validator?.SizeBytes is null or > 0) is { } file) return at.Path / file.Name;
            foreach (var folder in at.Entries.Where(entry => entry.Kind == EntryKind.Directory))
            {
                if (++tried > MostFoldersTried) return null;
                var listing = await source.ListAsync(at.Path / folder.Name, cancel);
                if (listing.IsOk) pending.Enqueue((at.Path / folder.Name, listing.Value));
            }
        }

        return null;
    }

    /// <summary>The last byte alone: a server that does not know ranges, or cannot tell versions apart, shows it here.</summary>
    private async ValueTask<Finding> ReadAsync(ISource source, VirtualPath path, CancellationToken cancel)
    {
        var stat = await source.StatAsync(path, cancel);
        if (stat.Error is { } unknown) return Finding.Fail(_check, $"{path}: {unknown.Message}", Advice(unknown.Kind));
        if (stat.Value.Validator is not { SizeBytes: > 0 } validator) return Finding.Ok(_check, $"{path} is empty, so reading was not tried");
        var read = await source.ReadAsync(path, new ByteRange(validator.SizeBytes - 1, 1), validator, new OneByte(), cancel);
        if (read.Error is { } error) return Finding.Fail(_check, $"a part of {path} cannot be read: {error.Message}", Advice(error.Kind));
        return read.Value.Strength switch
        {
            ValidatorStrength.Strong => Finding.Ok(_check, "parts of files can be read, and versions are told apart for certain"),
            ValidatorStrength.Weak => Finding.Ok(_check, "parts of files can be read; versions are told apart by size and time, so a rewrite of the same size within one step of its clock goes unseen"),
            _ => Finding.Ok(_check, "parts of files can be read; the file tried is too young to be cached yet"),
        };
    }

    private Finding Clock(TimeSpan skew) => Math.Abs(skew.TotalSeconds) <= ServerClock.Tolerance.TotalSeconds
        ? Finding.Ok(_check, $"its clock agrees with ours within {ServerClock.Tolerance.TotalSeconds:0} s")
        : Finding.Warn(_check, $"its clock is {Math.Abs(skew.TotalSeconds):0} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} ours", "let both machines keep time by NTP: what is young is judged by the clock");

    private static string Advice(SourceErrorKind kind) => kind switch
    {
        SourceErrorKind.Denied => "check its credentials",
        SourceErrorKind.NotFound or SourceErrorKind.WrongKind => "check that its address is that of a folder",
        SourceErrorKind.Unreachable or SourceErrorKind.TimedOut or SourceErrorKind.Throttled => "check its address and the way to it; files that are cached can be read meanwhile",
        _ => "check its address, which must be that of a folder with a listing, on a server that knows ranges and ETag or Last-Modified",
    };

    private sealed class OneByte : IRangeSink
    {
        private readonly byte[] _byte = new byte[1];
        private bool _isFull;

        public Memory<byte> Next => _isFull ? default : _byte;

        public bool Accept(Validator answer) => true;

        public void Advance(int bytes) => _isFull = true;
    }
}
