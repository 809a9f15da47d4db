namespace VisionStream.Tests.House;

/// <summary>Which file names a type of which other file, by text alone; see <see cref="Of"/>.</summary>
internal static class TypeGraph
{
    /// <summary>
    /// An edge A -> B says that A holds a word that only B declares as a type, and that B's project is A's or one that A's
    /// references. A name that two files declare belongs to neither, which keeps partial types out.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="references">Project -> the projects that it references.</param>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Of(
        IReadOnlyList<SourceFile> files, IReadOnlyDictionary<string, IReadOnlySet<string>> references)
    {
        var owners = files
            .SelectMany(file => file.DeclaredTypes.Select(type => (Type: type, File: file)))
            .GroupBy(declared => declared.Type, declared => declared.File)
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.Single());
        return files.ToDictionary(
            file => file.Path,
            IReadOnlySet<string> (file) => file.Words
                .Select(word => owners.GetValueOrDefault(word))
                .OfType<SourceFile>()
                .Where(owner => owner != file && (owner.Project == file.Project || references[file.Project].Contains(owner.Project)))
                .Select(owner => owner.Path)
                .ToHashSet());
    }

    /// <summary>The same edges between folders; those within a folder fall away.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> OfFolders(IReadOnlyDictionary<string, IReadOnlySet<string>> files) =>
        files
            .SelectMany(file => file.Value.Select(other => (From: Folder(file.Key), To: Folder(other))))
            .Where(edge => edge.From != edge.To)
            .GroupBy(edge => edge.From, edge => edge.To)
            .ToDictionary(group => group.Key, IReadOnlySet<string> (group) => group.ToHashSet());

    private static string Folder(string path) => Path.GetDirectoryName(path)!;
}
