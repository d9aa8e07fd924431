using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Core.Paths;

/// <summary>
/// One component of a path: 1 to 255 bytes, any but <c>/</c> and NUL, and neither <c>.</c> nor <c>..</c>.
/// Names are bytes, as the kernel has them; text is only a way to show them.
/// </summary>
public readonly struct PathName : IEquatable<PathName>, IComparable<PathName>
{
    /// <summary>The longest component the kernel passes, in bytes.</summary>
    public const int MaxBytes = 255;

    private readonly byte[]? _bytes;

    private PathName(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True for a name that was never given (<c>default</c>): the name of a root.</summary>
    public bool IsEmpty => _bytes is null;

    /// <summary>False, with no name, when the bytes are not a legal component.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out PathName name)
    {
        name = IsLegal(bytes) ? new PathName(bytes.ToArray()) : default;
        return !name.IsEmpty;
    }

    /// <exception cref="ArgumentException">The bytes are not a legal component.</exception>
    public static PathName Create(ReadOnlySpan<byte> bytes) =>
        TryCreate(bytes, out var name)
            ? name
            : throw new ArgumentException($"'{ByteText.Show(bytes)}' is not a name: 1 to 255 bytes without '/' and NUL, not '.' or '..'");

    /// <summary>The UTF-8 bytes of <paramref name="text"/> as a name.</summary>
    public static PathName Of(string text) => Create(System.Text.Encoding.UTF8.GetBytes(text));

    public static bool IsLegal(ReadOnlySpan<byte> bytes) =>
        bytes.Length is > 0 and <= MaxBytes
        && bytes.IndexOfAny((byte)'/', (byte)0) < 0
        && !bytes.SequenceEqual("."u8)
        && !bytes.SequenceEqual(".."u8);

    public bool Equals(PathName other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PathName other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Order of the bytes, as <c>LC_ALL=C ls</c> has it.</summary>
    public int CompareTo(PathName other) => Bytes.SequenceCompareTo(other.Bytes);

    public override string ToString() => ByteText.Show(Bytes);

    public static bool operator ==(PathName left, PathName right) => left.Equals(right);

    public static bool operator !=(PathName left, PathName right) => !left.Equals(right);

    public static bool operator <(PathName left, PathName right) => left.CompareTo(right) < 0;

    public static bool operator >(PathName left, PathName right) => left.CompareTo(right) > 0;

    public static bool operator <=(PathName left, PathName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PathName left, PathName right) => left.CompareTo(right) >= 0;
}
