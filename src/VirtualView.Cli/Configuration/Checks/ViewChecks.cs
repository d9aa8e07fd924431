using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;

namespace VirtualView.Cli.Configuration.Checks;

internal static class ViewChecks
{
    private const int MaxNameLength = 64;

    public static void Run(ViewSection view, KeyPath key, MistakeList mistakes)
    {
        if (string.IsNullOrEmpty(view.Name))
            mistakes.Add(key / nameof(view.Name), "is missing; write a short name of the view, such as \"beamline7\"");
        else if (!IsName(view.Name))
            mistakes.Add(key / nameof(view.Name), $"'{view.Name}' is not legal; write 1 to {MaxNameLength} of A-Z a-z 0-9 . _ - that do not begin with a dot");

        if (string.IsNullOrEmpty(view.MountPoint))
            mistakes.Add(key / nameof(view.MountPoint), "is missing; write the absolute path of an empty folder, or give --mount-point DIR");
        else
            PathChecks.Absolute(view.MountPoint, key / nameof(view.MountPoint), mistakes);

        if (PathChecks.Absolute(view.StateDirectory, key / nameof(view.StateDirectory), mistakes))
            PathChecks.Outside(view.StateDirectory, view.MountPoint, key / nameof(view.StateDirectory), mistakes);
    }

    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name[0] != '.'
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');
}
