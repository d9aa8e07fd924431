using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine;
using VirtualView.Engine.Options;

namespace VirtualView.Simulation.Tests.Reference;

/// <summary>What each source was last seen to have: whole listings, replaced whole, asked for when first needed.</summary>
internal sealed class ReferenceCatalog(EngineOptions options, EngineRooms rooms, PlantedDefect defect)
{
    private readonly Dictionary<(SourceId, VirtualPath), IReadOnlyList<SourceEntry>> _listings = [];
    private readonly Dictionary<(SourceId, VirtualPath), DateTimeOffset> _askedAt = [];

    /// <summary>The sources of a path in order, and where it is there.</summary>
    public IEnumerable<(ISource Source, VirtualPath Path)> Places(VirtualPath path)
    {
        var mapping = options.Mappings.Where(mapping => path.StartsWith(mapping.At)).MaxBy(mapping => mapping.At.Names.Length)!;
        return mapping.Sources.Select(id => (rooms.Sources.First(source => source.Id == id), path.RelativeTo(mapping.At)));
    }

    /// <summary>Null for a directory; the version for a file, never a racy one where the source can be asked again.</summary>
    public async Task<Outcome<FileVersion?>> FindAsync(VirtualPath path)
    {
        if (options.Mappings.Any(mapping => mapping.At.StartsWith(path))) return (FileVersion?)null;
        var isUnknown = false;
        foreach (var (source, at) in Places(path))
        {
            var listing = _listings.GetValueOrDefault((source.Id, at.Parent));
            if (listing is null || IsOld(source, at.Parent)) listing = await ListAsync(source, at.Parent);
            isUnknown |= listing is null;
            if (listing?.FirstOrDefault(entry => entry.Name == at.Name) is not { } entry) continue;
            if (entry.Kind == EntryKind.Directory) return (FileVersion?)null;
            if (entry.Validator is not { Strength: not ValidatorStrength.Racy } validator)
            {
                var stat = await BoundedAsync(token => source.StatAsync(at, token));
                if (!stat.IsOk || stat.Value.Validator is not { } now) return FileSystemError.Unreachable;
                validator = now;
            }

            return FileVersion.FirstSeen(new Replica(source.Id, at, validator), UnixTime.From(rooms.Clock.GetUtcNow()));
        }

        return isUnknown && defect != PlantedDefect.ForgetsUnreachable ? FileSystemError.Unreachable : FileSystemError.NotFound;
    }

    public async Task PollAsync(bool acceptDeletions)
    {
        if (defect == PlantedDefect.NeverLooksAgain) return;
        foreach (var (id, path) in _listings.Keys.ToArray())
            await ListAsync(rooms.Sources.First(source => source.Id == id), path, acceptDeletions);
    }

    /// <summary>Calls a source, but not for longer than a time-out.</summary>
    public async Task<SourceOutcome<T>> BoundedAsync<T>(Func<CancellationToken, ValueTask<SourceOutcome<T>>> call)
    {
        using var silent = defect == PlantedDefect.WaitsForEver
            ? new CancellationTokenSource()
            : new CancellationTokenSource(options.FetchTimeout / 5, rooms.Clock);
        try
        {
            return await call(silent.Token);
        }
        catch (OperationCanceledException)
        {
            return new SourceError(SourceErrorKind.TimedOut, "it was silent");
        }
    }

    private async Task<IReadOnlyList<SourceEntry>?> ListAsync(ISource source, VirtualPath path, bool acceptDeletions = false)
    {
        var beganAt = rooms.Clock.GetUtcNow();
        var known = _listings.GetValueOrDefault((source.Id, path));
        var outcome = await BoundedAsync(token => source.ListAsync(path, token));
        _askedAt[(source.Id, path)] = beganAt;
        if (outcome.Error?.Kind == SourceErrorKind.NotFound && await IsMountedAsync(source)) outcome = Array.Empty<SourceEntry>();
        var isBelieved = outcome.IsOk && !(path.IsRoot && outcome.Value.Count == 0)
            && ((acceptDeletions && defect != PlantedDefect.NeverAccepts) || defect == PlantedDefect.BelievesMassDeletion || !path.IsRoot || known is null || Lost(known, outcome.Value) <= known.Count / 5);
        var isUnasked = defect == PlantedDefect.ForgetsUnreachable || (defect == PlantedDefect.AcceptsUnasked && acceptDeletions);
        if (isUnasked && !isBelieved) _listings[(source.Id, path)] = [];
        if (isBelieved) return _listings[(source.Id, path)] = outcome.Value;
        if (!outcome.IsOk || known is null || (path.IsRoot && outcome.Value.Count == 0)) return known;
        return _listings[(source.Id, path)] = [.. outcome.Value, .. known.Where(entry => outcome.Value.All(other => other.Name != entry.Name))];
    }

    private bool IsOld(ISource source, VirtualPath path) =>
        defect is not (PlantedDefect.NeverAsksAtOpen or PlantedDefect.NeverLooksAgain)
        && rooms.Clock.GetUtcNow() - _askedAt[(source.Id, path)] >= options.Polls.Interval;

    private static int Lost(IReadOnlyList<SourceEntry> before, IReadOnlyList<SourceEntry> now) =>
        before.Count(entry => now.All(other => other.Name != entry.Name));

    private async Task<bool> IsMountedAsync(ISource source) =>
        await BoundedAsync(token => source.ListAsync(VirtualPath.Root, token)) is { IsOk: true, Value.Count: > 0 };
}
