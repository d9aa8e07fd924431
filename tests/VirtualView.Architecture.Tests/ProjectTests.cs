namespace VirtualView.Architecture.Tests;

public sealed class ProjectTests
{
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "VirtualView.sln")).Replace('\\', '/');
        foreach (var project in Repository.AllProjects)
        {
            Assert.True(
                solution.Contains($"\"{project}\"", StringComparison.Ordinal),
                $"{project} is not in VirtualView.sln, so nobody builds or tests it: dotnet sln add {project}");
        }
    }

    [Fact]
    public void Every_package_has_its_version_in_one_place()
    {
        foreach (var project in Repository.AllProjects)
        {
            var own = string.Join(", ", project.PackagesWithVersion);
            Assert.True(own.Length == 0, $"{project} gives {own} a version of its own: put it into Directory.Packages.props and leave only Include here.");
        }

        var props = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"));
        Assert.Contains("<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>", props, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_has_the_name_of_its_folder()
    {
        foreach (var project in Repository.AllProjects)
        {
            var folder = Path.GetFileName(Path.GetDirectoryName(project.Path));
            Assert.True(folder == project.Name, $"{project} lies in '{folder}': give both the same name.");
        }
    }
}
