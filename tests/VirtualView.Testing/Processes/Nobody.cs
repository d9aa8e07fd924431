using System.Reflection;
using Xunit;

namespace VirtualView.Testing.Processes;

/// <summary>Runs an explicit test of an assembly in a process of a user without any privilege. Needs root to become that user.</summary>
public static class Nobody
{
    public const string FolderVariable = "VIRTUALVIEW_TEST_NOBODY_FOLDER";

    private const string Id = "65534";

    /// <summary>The folder that the test is to work on; null when it does not run as such a child.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable(FolderVariable);

    public static async Task OwnsAsync(params string[] paths) => (await Command.RunAsync("chown", ["-R", $"{Id}:{Id}", .. paths]).ConfigureAwait(false)).Succeeded();

    /// <summary>What the test wrote to its output.</summary>
    public static async Task<string> RunAsync(Assembly tests, string method, string folder)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to become another user");
        var variables = new Dictionary<string, string> { [FolderVariable] = folder, ["HOME"] = "/" };
        var child = await Command.RunAsync(
            variables, "setpriv", "--reuid", Id, "--regid", Id, "--clear-groups",
            "dotnet", tests.Location, "-explicit", "only", "-noLogo", "-noColor", "-method", method).ConfigureAwait(false);
        Assert.True(child.ExitCode == 0, child.Output + child.Error);
        return child.Output;
    }
}
