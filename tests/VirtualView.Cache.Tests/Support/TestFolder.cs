using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Cache.Disk;
using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;
using VirtualView.Testing.Logs;

namespace VirtualView.Cache.Tests.Support;

/// <summary>A folder for one store at a time, deleted at the end; with a clock that stands still and a log that remembers.</summary>
internal sealed class TestFolder : IDisposable
{
    public const int Block = 64 << 10;

    public static readonly SourceId Source = new(new Guid("7f1c1f6e-0f5a-4d0e-9f6e-3b1f5a0c0d01"));

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "vv-cache-" + Guid.NewGuid().ToString("n"));

    public FakeTimeProvider Clock { get; } = new();

    public RecordingLogs Logs { get; } = new();

    public BlockStoreOptions Options => new() { Folder = Path, CapacityBytes = 256L * Block, BlockSizeBytes = Block, MinFreeBytes = 0 };

    public Task<BlockStore> OpenAsync(Func<BlockStoreOptions, BlockStoreOptions>? with = null, IDisk? disk = null) =>
        BlockStore.OpenAsync(with?.Invoke(Options) ?? Options, disk ?? new LinuxDisk(), Clock, Logs, TestContext.Current.CancellationToken);

    public string[] PayloadFiles() =>
        Directory.Exists(System.IO.Path.Combine(Path, "payloads"))
            ? Directory.GetFiles(System.IO.Path.Combine(Path, "payloads"), "*", SearchOption.AllDirectories)
            : [];

    public void CopyTo(string target)
    {
        foreach (var folder in Directory.GetDirectories(Path, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(folder.Replace(Path, target, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("/lock", StringComparison.Ordinal)))
            File.Copy(file, file.Replace(Path, target, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        Logs.Dispose();
    }
}
