using VirtualView.Core.Overlay;
using VirtualView.State.Database;
using VirtualView.State.Trees;

namespace VirtualView.State.Overlay.Journal;

/// <summary>What an entry hides, as bytes. The format stands in docs/state.md; the numbers are on disk: never change one.</summary>
internal static class HiddenBytes
{
    private const byte Nothing = 0;
    private const byte Directory = 1;
    private const byte Symlink = 2;
    private const byte NamedFile = 3;
    private const byte File = 4;
    private const byte RemovedDirectory = 5;

    /// <summary>Leaves the bytes in <paramref name="into"/>; none for what was not recorded.</summary>
    public static void Write(ByteWriter into, HiddenEntry hidden)
    {
        into.Reset();
        switch (hidden)
        {
            case { Kind: HiddenKind.NotRecorded }:
                break;
            case { Kind: HiddenKind.Nothing }:
                into.Byte(Nothing);
                break;
            case { Kind: HiddenKind.Symlink }:
                into.Byte(Symlink);
                into.LengthAndBytes(hidden.Target.AsSpan());
                break;
            case { Kind: HiddenKind.Directory, Held.IsDefault: true }:
                into.Byte(Directory);
                break;
            case { Kind: HiddenKind.Directory }:
                into.Byte(RemovedDirectory);
                into.Varint(hidden.Held.Length);
                foreach (var fingerprint in hidden.Held) into.Int64((long)fingerprint);
                break;
            case { Version: { } version }:
                into.Byte(File);
                into.Names(version.Replicas[0].Path.Names);
                into.Version(version.Replicas[0].Path, version);
                break;
            default:
                into.Byte(NamedFile);
                break;
        }
    }

    /// <exception cref="DamagedDatabaseException">These bytes were never written.</exception>
    public static HiddenEntry Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return HiddenEntry.NotRecorded;
        var from = new ByteReader(bytes);
        try
        {
            var hidden = from.Byte() switch
            {
                Nothing => HiddenEntry.Nothing,
                Directory => HiddenEntry.Directory,
                RemovedDirectory => ReadRemoved(ref from),
                Symlink => HiddenEntry.OfSymlink([.. from.LengthAndBytes()]),
                NamedFile => HiddenEntry.OfFile(null),
                File => HiddenEntry.OfFile(from.Version(from.Names())),
                var kind => throw new DamagedDatabaseException($"hides something of kind {kind}"),
            };
            return from.IsAtEnd ? hidden : throw new DamagedDatabaseException("is too long");
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new DamagedDatabaseException(e.Message); // values that no type of Core lets be
        }
    }

    private static HiddenEntry ReadRemoved(ref ByteReader from)
    {
        var held = new ulong[from.Count()];
        for (var at = 0; at < held.Length; at++) held[at] = (ulong)from.Int64();
        return HiddenEntry.Directory with { Held = [.. held] };
    }
}
