using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Payloads;

/// <summary>Finds the payload files of an earlier process, and deletes all else.</summary>
internal sealed class PayloadFolder(StoreLayout layout, IDisk disk, int blockSizeBytes)
{
    /// <param name="strays">How many files were deleted: of no payload, dropped, or without a right label.</param>
    public Dictionary<ulong, Payload> Scan(out int strays)
    {
        Obstacles.MakeFolder(layout.Root, layout.Payloads);
        var found = new Dictionary<ulong, Payload>();
        var deleted = 0;
        foreach (var stray in Directory.EnumerateFiles(layout.Payloads)) Delete(stray, ref deleted);
        // Each file costs two system calls that wait for the disk when it is cold.
        Parallel.ForEach(Directory.EnumerateDirectories(layout.Payloads), folder => TryScanFolder(folder, found, ref deleted));
        strays = deleted;
        return found;
    }

    private void TryScanFolder(string folder, Dictionary<ulong, Payload> found, ref int deleted)
    {
        try
        {
            foreach (var path in Directory.EnumerateDirectories(folder)) Delete(path, ref deleted);
            foreach (var path in Directory.EnumerateFiles(folder))
            {
                if (StoreLayout.IsSidecar(path) && File.Exists(Path.ChangeExtension(path, null))) continue;
                if (TryRead(path) is not { } payload)
                {
                    Delete(path, ref deleted);
                    continue;
                }

                lock (found) found.Add(payload.Id, payload);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Closed to us: what it holds is fetched again.
        }
    }

    private Payload? TryRead(string path)
    {
        try
        {
            Span<byte> label = stackalloc byte[PayloadLabel.SizeBytes];
            return StoreLayout.TryParsePayload(Path.GetFileName(path), out var id)
                && layout.Payload(id) == path
                && PayloadFiles.TryReadLabel(disk, path, StoreLayout.Sidecar(path), label)
                && PayloadLabel.TryRead(label, id, blockSizeBytes, out var identity)
                ? new Payload(id, identity, blockSizeBytes) { HasFile = true, IsLent = LentMark.IsOn(path) }
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Delete(string path, ref int deleted)
    {
        // What cannot be deleted is not ours to be stopped by; it is found again at the next start.
        if (StoreFormat.TryDelete(path)) Interlocked.Increment(ref deleted);
    }
}
