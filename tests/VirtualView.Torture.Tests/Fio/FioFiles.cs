using VirtualView.Testing.Processes;

namespace VirtualView.Torture.Tests.Fio;

/// <summary>Files at the source that fio has filled so that it can prove each 4 KiB of them: header, place and CRC-32C.</summary>
internal static class FioFiles
{
    public const int SizeMiB = 24;

    private static readonly string[] Pattern = ["--verify=crc32c", "--verify_interval=4k", $"--size={SizeMiB}m"];

    /// <summary>The way each file is read; its number is the file's.</summary>
    private static readonly string[][] Ways =
    [
        ["--rw=read", "--bs=128k", "--ioengine=psync"],
        ["--rw=randread", "--bs=64k", "--ioengine=psync"],
        ["--rw=randread", "--bs=4k", "--ioengine=psync", "--io_size=2m"],
        ["--rw=randread", "--bs=64k", "--ioengine=mmap"],
        ["--rw=read", "--bs=64k", "--ioengine=libaio", "--iodepth=8", "--direct=1"],
        ["--rw=read", "--bs=16k", "--ioengine=mmap"],
    ];

    public static async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var file = 0; file < Ways.Length; file++)
        {
            var path = Path.Combine(folder, Name(file));
            (await Command.RunAsync("fio", ["--name=w", $"--filename={path}", "--rw=write", "--bs=64k", "--do_verify=0", "--verify_state_save=0", .. Pattern])).Succeeded();
            // Long ago, so that no validator is racy.
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(1_600_000_000 + file));
        }
    }

    /// <summary>Reads all of them once, each in its way, all at the same time. The kernel's pages of them are dropped before.</summary>
    public static Task<CommandResult> ReadAsync(string folder)
    {
        var arguments = new List<string> { "--readonly", "--verify_fatal=1", "--verify_state_save=0", "--allow_file_create=0", "--invalidate=1", "--fallocate=none" };
        arguments.AddRange(Pattern);
        for (var file = 0; file < Ways.Length; file++)
            arguments.AddRange([$"--name=r{file}", $"--filename={Path.Combine(folder, Name(file))}", .. Ways[file]]);
        return Command.RunAsync("fio", [.. arguments]);
    }

    public static string Name(int file) => $"f{file}.bin";
}
