using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Configuration.Values;

namespace VirtualView.Cli.Configuration.Checks;

internal static class SourceChecks
{
    public static void Run(VirtualViewSection section, KeyPath key, MistakeList mistakes)
    {
        if (section.Sources.IsEmpty && !mistakes.All.Any(mistake => mistake.Key.StartsWith(key.ToString(), StringComparison.Ordinal)))
            mistakes.Add(key, "there are none; write at least one, such as \"archive\": { \"Kind\": \"Http\", \"Url\": \"https://...\" }");
        foreach (var (name, source) in section.Sources)
        {
            if (!ViewChecks.IsName(name))
                mistakes.Add(key / name, "the name is not legal; write 1 to 64 of A-Z a-z 0-9 . _ - that do not begin with a dot");
            Check(source, section.View.MountPoint, key / name, mistakes);
        }
    }

    private static void Check(SourceSection source, string? mountPoint, KeyPath key, MistakeList mistakes)
    {
        switch (source)
        {
            case LocalSourceSection local:
                LocalCheck(local, mountPoint, key / nameof(local.Path), mistakes);
                break;
            case HttpSourceSection http:
                HttpChecks.Run(http, key, mistakes);
                break;
            case S3SourceSection s3:
                Resolve(s3.AccessKey, key / nameof(s3.AccessKey), mistakes);
                Resolve(s3.SecretKey, key / nameof(s3.SecretKey), mistakes);
                break;
        }
    }

    private static void LocalCheck(LocalSourceSection local, string? mountPoint, KeyPath key, MistakeList mistakes)
    {
        if (string.IsNullOrEmpty(local.Path))
        {
            mistakes.Add(key, "is missing; write the absolute path of a folder");
            return;
        }

        if (!PathChecks.Absolute(local.Path, key, mistakes) || mountPoint?.StartsWith('/') != true) return;
        PathChecks.Outside(local.Path, mountPoint, key, mistakes);
        if (local.Path != mountPoint && PathChecks.Holds(local.Path, mountPoint) && !PathChecks.Holds(mountPoint, local.Path))
            mistakes.Add(key, $"'{local.Path}' holds the mount point {mountPoint}, so the view would show itself; move one of them");
    }

    private static void Resolve(Secret? secret, KeyPath key, MistakeList mistakes)
    {
        if (secret?.TryResolve(out _, out var problem) == false) mistakes.Add(key, problem);
    }
}
