using VirtualView.Testing.Files;

namespace VirtualView.Mount.Tests.Daemon;

/// <summary>Where the built program is: <c>artifacts/virtualview</c>, made by <c>scripts/build</c>.</summary>
internal static class Executable
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("VIRTUALVIEW_EXECUTABLE") is { Length: > 0 } named ? named : System.IO.Path.Combine(RepositoryFolder.Path, "artifacts", "virtualview");
}
