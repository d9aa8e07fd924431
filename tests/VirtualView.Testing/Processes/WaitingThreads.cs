using System.Text;

namespace VirtualView.Testing.Processes;

/// <summary>Says what the threads of a process wait for, as far as the kernel tells: for the message of a test that waited in vain.</summary>
public static class WaitingThreads
{
    /// <summary>Of a process, and of all daemons and commands that run beside it.</summary>
    public static string Describe(int process)
    {
        var text = new StringBuilder();
        Describe(process, text);
        foreach (var other in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(int.Parse!))
        {
            if (other != process && Read($"/proc/{other}/comm").Trim() == "virtualview") Describe(other, text);
        }

        return text.ToString();
    }

    private static void Describe(int process, StringBuilder text)
    {
        text.AppendLine().Append(process).Append(' ').Append(Read($"/proc/{process}/cmdline").Replace('\0', ' '));
        foreach (var thread in Threads(process))
            text.AppendLine().Append("   ").Append(Read($"{thread}/comm").Trim()).Append(": ").Append(Read($"{thread}/wchan")).Append(' ').Append(Read($"{thread}/syscall").Trim());
    }

    private static string[] Threads(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
