using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VirtualView.Core.Paths;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>States and looks as text, a line for each path, in the same words.</summary>
internal static class ModelText
{
    public static string Show(SeenNode seen)
    {
        var text = new StringBuilder();
        Walk("", seen);
        return text.ToString();

        void Walk(string path, SeenNode? node)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {path}/ {node}");
            foreach (var (name, below) in node?.Names ?? ImmutableSortedDictionary<PathName, SeenNode?>.Empty) Walk($"{path}/{name}", below);
        }
    }

    public static string Show(ModelState state)
    {
        var text = new StringBuilder();
        Walk("", ModelState.Root);
        foreach (var (slot, id) in state.Open) text.Append(CultureInfo.InvariantCulture, $"\n  slot {slot}: {Show(state[id])}");
        return text.ToString();

        void Walk(string path, int id)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {path}/ {Show(state[id])}");
            foreach (var (name, target) in state[id].Entries)
            {
                if (target >= 0) Walk($"{path}/{name}", target);
                else text.Append(CultureInfo.InvariantCulture, $"\n  {path}/{name} {(target == ModelInode.Whiteout ? "hidden" : "perhaps hidden")}");
            }
        }
    }

    private static string Show(ModelInode inode)
    {
        var text = $"{inode.Kind} {inode.Id}, mode {inode.Mode:x}, {inode.Links} links, {inode.Target}{(inode.IsPrivate ? "" : " as the source's")} {inode.BaseDirectory}{inode.Origin}";
        return inode.File is { } file ? $"{text} {string.Join(" or ", file.Now.Select(Show))}" : text;
    }

    private static string Show(byte[] content)
    {
        var seen = new SeenContent(content.Length);
        seen.Saw(0, content);
        return $"{content.Length} B {seen.Describe()}";
    }
}
