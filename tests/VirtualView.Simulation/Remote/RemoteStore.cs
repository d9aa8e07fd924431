using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Remote;

/// <summary>A server with its files. It outlives every process that asks it.</summary>
public sealed class RemoteStore
{
    /// <summary>The step of the clock that stamps files.</summary>
    public static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);

    private readonly SortedDictionary<VirtualPath, RemoteFile> _files = [];
    private readonly SortedSet<VirtualPath> _directories = [VirtualPath.Root];
    private readonly Truth _truth;
    private readonly SimulatedClock _clock;

    public RemoteStore(SourceId id, SourcePlan plan, Truth truth, SimulatedClock clock) =>
        (Id, Plan, _truth, _clock) = (id, plan, truth, clock);

    public SourceId Id { get; }

    public SourcePlan Plan { get; }

    public RemoteFaults Faults { get; private set; }

    public IReadOnlyDictionary<VirtualPath, RemoteFile> Files => _files;

    public bool HasDirectory(VirtualPath path) => _directories.Contains(path);

    public IEnumerable<VirtualPath> DirectoriesIn(VirtualPath directory) =>
        _directories.Where(path => !path.IsRoot && path.Parent == directory);

    public void Set(RemoteFaults faults)
    {
        if (((Faults | faults) & RemoteFaults.Unmounted) != 0)
            _truth.Hid(Id, _clock.GetUtcNow(), faults.HasFlag(RemoteFaults.Unmounted));
        if ((Faults | faults) != RemoteFaults.None) LastTroubleAt = _clock.GetUtcNow();
        if (faults.HasFlag(RemoteFaults.Unmounted)) FirstUnmountedAt ??= _clock.GetUtcNow();
        Faults = faults;
    }

    /// <summary>Null while its export was always there.</summary>
    public DateTimeOffset? FirstUnmountedAt { get; private set; }

    /// <summary>When something was wrong for the last time: now, while it is.</summary>
    public DateTimeOffset LastTroubleAt
    {
        get => Faults == RemoteFaults.None ? field : _clock.GetUtcNow();
        private set;
    }

    public RemoteFile? Find(VirtualPath path) => _files.GetValueOrDefault(path);

    public void Write(VirtualPath path, int sizeBytes) =>
        Place(path, new RemoteFile(_truth.NewContent(sizeBytes), Stamp(TimeSpan.Zero)));

    /// <summary>A file that was there before the story begins.</summary>
    public void WriteAged(VirtualPath path, int sizeBytes, TimeSpan age) =>
        Place(path, new RemoteFile(_truth.NewContent(sizeBytes), Stamp(age)));

    /// <summary>A copy that keeps the time of the original, as <c>cp -p</c> and rsync do.</summary>
    public void Copy(VirtualPath path, RemoteFile original) => PlaceIfProvable(path, original);

    public void Touch(VirtualPath path)
    {
        if (Find(path) is { } file) PlaceIfProvable(path, file with { ModifiedAt = Stamp(TimeSpan.Zero) });
    }

    public void Delete(VirtualPath path)
    {
        if (_files.Remove(path)) _truth.Ended(Id, path, _clock.GetUtcNow());
    }

    public void Rename(VirtualPath from, VirtualPath to)
    {
        if (from == to || Find(from) is not { } file || !PlaceIfProvable(to, file)) return;
        Delete(from);
    }

    /// <summary>What a stat says of a file now: racy while a rewrite could still get the same time.</summary>
    public Validator Show(RemoteFile file) =>
        Plan.HasTags
            ? new Validator(ValidatorStrength.Strong, file.Content.SizeBytes, file.ModifiedAt, Tag(file))
            : ShowWithoutTag(file);

    public Validator ShowWithoutTag(RemoteFile file)
    {
        var isSettled = UnixTime.From(_clock.GetUtcNow()) - file.ModifiedAt >= ClockStep;
        return new Validator(isSettled ? ValidatorStrength.Weak : ValidatorStrength.Racy, file.Content.SizeBytes, file.ModifiedAt, null);
    }

    private string? Tag(RemoteFile file) => Plan.HasTags ? $"\"c{file.Content.Number}\"" : null;

    private UnixTime Stamp(TimeSpan age) => UnixTime.FromSeconds(UnixTime.From(_clock.GetUtcNow() - age).Seconds);

    /// <summary>False, and nothing happens, where aged size and time would come back with other content: no check could tell.</summary>
    private bool PlaceIfProvable(VirtualPath path, RemoteFile file)
    {
        var isSettled = UnixTime.From(_clock.GetUtcNow()) - file.ModifiedAt >= ClockStep;
        if (isSettled && _truth.IsAmbiguous(Id, path, file)) return false;
        Place(path, file);
        return true;
    }

    private void Place(VirtualPath path, RemoteFile file)
    {
        _files[path] = file;
        for (var parent = path.Parent; !parent.IsRoot; parent = parent.Parent)
            _directories.Add(parent);
        _truth.Began(Id, path, file, Tag(file), _clock.GetUtcNow());
    }
}
