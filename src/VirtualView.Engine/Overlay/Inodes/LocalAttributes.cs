using System.Collections.Immutable;
using System.Text;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>The extended attributes of a local inode, in memory.</summary>
internal static class LocalAttributes
{
    public static void Set(LocalInode inode, ImmutableArray<byte> name, ImmutableArray<byte> value) =>
        (inode.Attributes ??= new(StringComparer.Ordinal))[Key(name.AsSpan())] = (name, value);

    public static bool Remove(LocalInode inode, ReadOnlySpan<byte> name) => inode.Attributes?.Remove(Key(name)) == true;

    public static bool TryGet(LocalInode inode, ReadOnlySpan<byte> name, out ImmutableArray<byte> value)
    {
        value = default;
        if (inode.Attributes?.TryGetValue(Key(name), out var found) != true) return false;
        value = found.Value;
        return true;
    }

    // Names are any bytes; Latin-1 keeps them apart.
    private static string Key(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name);
}
