using System.Runtime.InteropServices;
using VirtualView.Core.Crashes;
using VirtualView.Testing.Files;

namespace VirtualView.Torture.Tests.Writing;

/// <summary>For each crash point of the overlay a short history that comes there.</summary>
internal static class CrashHistories
{
    /// <summary>A file of the source, 10,000 bytes long.</summary>
    private const string Below = "b000";

    private static readonly UnixFileMode[] Modes = [UnixFileMode.UserRead, UnixFileMode.UserRead | UnixFileMode.UserWrite];

    /// <returns>Null for a point that has none.</returns>
    public static CrashHistory? To(string point) => point switch
    {
        CrashPoints.OverlayBytesWritten or CrashPoints.OverlayBytesSynced => new([WriteAndSync]),
        CrashPoints.OverlaySizeCommitted => new([Cut]),
        CrashPoints.OverlayChangeUncommitted or CrashPoints.OverlayChangeCommitted or CrashPoints.OverlayCopiedUp or CrashPoints.OverlayRowsWritten =>
            new([folder => SetMode(folder, 0)]),
        CrashPoints.OverlayRenameCommitted => new([folder => File.Move(Path.Combine(folder, Below), Path.Combine(folder, "renamed"))]),
        CrashPoints.OverlayLogCopied => new(Enumerable.Range(0, int.MaxValue).Select(number => (Action<string>)(folder => SetMode(folder, number)))),
        CrashPoints.OverlayRemovedSynced or CrashPoints.OverlayRemovedDeleted => new([WriteAndSync, folder => File.Delete(Path.Combine(folder, Below))]),
        CrashPoints.OverlaySalvageBuilt or CrashPoints.OverlaySalvageAside => new([]) { IsOfSalvage = true },
        _ => null,
    };

    private static void WriteAndSync(string folder)
    {
        using var file = File.OpenHandle(Path.Combine(folder, Below), FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.Write(file, "new"u8, 100);
        // The runtime's own way says nothing of a connection that was aborted.
        if (HostCalls.Sync(file) != 0) throw new IOException($"fsync: error {Marshal.GetLastPInvokeError()}");
    }

    private static void Cut(string folder)
    {
        using var file = File.OpenHandle(Path.Combine(folder, Below), FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.SetLength(file, 5_000);
    }

    private static void SetMode(string folder, int number) => File.SetUnixFileMode(Path.Combine(folder, Below), Modes[number % Modes.Length]);
}
