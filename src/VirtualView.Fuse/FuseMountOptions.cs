using VirtualView.Fuse.Mounting;

namespace VirtualView.Fuse;

/// <summary>How a view is mounted, and how long the kernel may remember what it was told.</summary>
public sealed record FuseMountOptions
{
    private const int PageBytes = 4096;
    private const int LargestRead = 1 << 20;

    /// <summary>An existing directory.</summary>
    public required string MountPoint { get; init; }

    /// <summary>What <c>df</c> and <c>/proc/mounts</c> show as the device.</summary>
    public string FileSystemName { get; init; } = "virtualview";

    /// <summary>The type is shown as <c>fuse.SUBTYPE</c>; a dead mount of this type is ours to clean.</summary>
    public string Subtype { get; init; } = "virtualview";

    /// <summary>Lets other users in, root too. By default only the user who mounts.</summary>
    public bool AllowOther { get; init; }

    /// <summary>Mounts read-only, as <c>mount -o ro</c> shows it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Mounts over a directory that holds files, which are hidden meanwhile.</summary>
    public bool AllowNonEmpty { get; init; }

    /// <summary>What is mounted there by a daemon that is known to be dead: it is taken off without being asked.</summary>
    public MountEntry? Abandoned { get; init; }

    public MountMethod Method { get; init; }

    /// <summary>Threads that read requests, 1 to 64. By default the number of cores, at least 2 and at most 16.</summary>
    public int ReaderThreads { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 16);

    /// <summary>The largest read the kernel asks for: 4 KiB to 1 MiB, whole pages.</summary>
    public int MaxReadBytes { get; init; } = LargestRead;

    /// <summary>How far the kernel reads ahead, where we may set it (as root); 0 leaves what the kernel has.</summary>
    public int ReadAheadKiB { get; init; } = 4096;

    /// <summary>
    /// Lets the kernel read by itself what the file system lends it, where it knows how and we are permitted to (as root).
    /// </summary>
    public bool Passthrough { get; init; } = true;

    /// <summary>
    /// Bounds how late a change of a name is seen should its notification be lost. May change while mounted: it is read with
    /// each answer.
    /// </summary>
    public TimeSpan EntryTtl { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Tells the kernel of no changed name, but has it forget names soon: as on kernels before 6.16.</summary>
    public bool NamesExpireByTime { get; init; }

    /// <summary>Longer: what a version's attributes are never changes, and a directory's come anew with its name.</summary>
    public TimeSpan AttributeTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For names that do not exist, which programs wait for to appear; 0 remembers none.</summary>
    public TimeSpan NegativeTtl { get; init; } = TimeSpan.FromSeconds(10);

    /// <exception cref="ArgumentException">A value is out of its bounds.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(MountPoint);
        ThrowUnlessPlain(FileSystemName, nameof(FileSystemName));
        ThrowUnlessPlain(Subtype, nameof(Subtype));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReaderThreads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReaderThreads, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReadBytes, PageBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxReadBytes, LargestRead);
        ArgumentOutOfRangeException.ThrowIfNotEqual(MaxReadBytes % PageBytes, 0, nameof(MaxReadBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(ReadAheadKiB);
        ArgumentOutOfRangeException.ThrowIfLessThan(EntryTtl, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(AttributeTtl, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(NegativeTtl, TimeSpan.Zero);
    }

    private static void ThrowUnlessPlain(string value, string name)
    {
        // A comma would begin another mount option.
        if (value.Length == 0 || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':'))
            throw new ArgumentException($"'{value}' may hold letters, digits and - _ . : only", name);
    }
}
