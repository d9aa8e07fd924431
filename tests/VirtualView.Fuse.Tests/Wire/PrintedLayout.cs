using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Wire;

/// <summary>What <c>native/fuse-layout.c</c> prints, compiled against this machine's header.</summary>
internal static class PrintedLayout
{
    /// <summary>Lines such as <c>struct fuse_in_header size 40</c>, the first two words as key.</summary>
    public static async Task<Dictionary<string, string>> ReadAsync()
    {
        var source = Path.Join(RepositoryFolder.Path, "native/fuse-layout.c");
        Assert.SkipUnless(File.Exists(source), "native/fuse-layout.c is not there");
        Assert.SkipUnless(File.Exists("/usr/include/linux/fuse.h"), "the kernel's header is not installed (apt install linux-libc-dev)");
        var program = Path.Join(Path.GetTempPath(), $"fuse-layout-{Guid.NewGuid():N}");
        try
        {
            await CompileAsync(source, program);
            var printed = await Command.RunAsync(program);
            Assert.Equal(0, printed.ExitCode);
            return printed.Text.Split('\n').Select(line => line.Split(' ', 3)).Where(words => words.Length == 3)
                .ToDictionary(words => $"{words[0]} {words[1]}", words => words[2]);
        }
        finally
        {
            File.Delete(program);
        }
    }

    private static async Task CompileAsync(string source, string program)
    {
        try
        {
            var compiled = await Command.RunAsync("gcc", source, "-o", program);
            Assert.True(compiled.ExitCode == 0, compiled.Error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("gcc is not installed");
        }
    }
}
