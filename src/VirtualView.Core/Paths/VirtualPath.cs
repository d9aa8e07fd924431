using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Core.Paths;

/// <summary>
/// The names that lead from a root to an entry: the root of the view, or of what a source shows. The root itself
/// has none. Always absolute and already normal: <c>.</c>, <c>..</c> and empty components cannot be in it.
/// </summary>
public readonly struct VirtualPath : IEquatable<VirtualPath>, IComparable<VirtualPath>
{
    private readonly ImmutableArray<PathName> _names;

    private VirtualPath(ImmutableArray<PathName> names) => _names = names;

    public static VirtualPath Root => default;

    public ImmutableArray<PathName> Names => _names.IsDefault ? [] : _names;

    public bool IsRoot => Names.IsEmpty;

    /// <summary>The last component; empty for the root.</summary>
    public PathName Name => IsRoot ? default : Names[^1];

    /// <summary>The path one up; the root's parent is the root.</summary>
    public VirtualPath Parent => IsRoot ? this : new VirtualPath(Names.RemoveAt(Names.Length - 1));

    public static VirtualPath operator /(VirtualPath path, PathName name) => new(path.Names.Add(name));

    public static VirtualPath operator /(VirtualPath path, VirtualPath below) => new(path.Names.AddRange(below.Names));

    public static VirtualPath Of(params IEnumerable<PathName> names) => new([.. names]);

    /// <summary>
    /// Reads <c>/a/b</c> or <c>a/b</c>, with names as <see cref="ByteText"/> shows them. Empty components and <c>.</c>
    /// are dropped; <c>..</c> is refused, because it would have to be resolved against something.
    /// </summary>
    /// <exception cref="FormatException">A component is not a legal name.</exception>
    public static VirtualPath Parse(string text)
    {
        var names = ImmutableArray.CreateBuilder<PathName>();
        foreach (var part in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".") continue;
            if (!PathName.TryCreate(ByteText.Parse(part), out var name))
                throw new FormatException($"'{text}' is not a path: '{part}' cannot be a name");
            names.Add(name);
        }

        return new VirtualPath(names.ToImmutable());
    }

    /// <summary>True when this path is <paramref name="other"/> or lies below it.</summary>
    public bool StartsWith(VirtualPath other) =>
        Names.Length >= other.Names.Length && Names.AsSpan()[..other.Names.Length].SequenceEqual(other.Names.AsSpan());

    /// <summary>What remains of this path below <paramref name="root"/>, which it must start with.</summary>
    public VirtualPath RelativeTo(VirtualPath root) =>
        StartsWith(root)
            ? new VirtualPath(Names.RemoveRange(0, root.Names.Length))
            : throw new ArgumentException($"{this} does not lie below {root}", nameof(root));

    public bool Equals(VirtualPath other) => Names.AsSpan().SequenceEqual(other.Names.AsSpan());

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is VirtualPath other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in Names)
            hash.Add(name);
        return hash.ToHashCode();
    }

    public int CompareTo(VirtualPath other) => Names.AsSpan().SequenceCompareTo(other.Names.AsSpan());

    public override string ToString() => "/" + string.Join('/', Names);

    public static bool operator ==(VirtualPath left, VirtualPath right) => left.Equals(right);

    public static bool operator !=(VirtualPath left, VirtualPath right) => !left.Equals(right);

    public static bool operator <(VirtualPath left, VirtualPath right) => left.CompareTo(right) < 0;

    public static bool operator >(VirtualPath left, VirtualPath right) => left.CompareTo(right) > 0;

    public static bool operator <=(VirtualPath left, VirtualPath right) => left.CompareTo(right) <= 0;

    public static bool operator >=(VirtualPath left, VirtualPath right) => left.CompareTo(right) >= 0;
}
