namespace BriData.Storage.Sqlite.Tests.Support;

/// <summary>A directory of its own for one test, removed afterwards.</summary>
internal sealed class TestDirectory : IDisposable
{
    public TestDirectory() => FullPath = Directory.CreateTempSubdirectory("bridata-test-").FullName;

    public string FullPath { get; }

    public string PathOf(string name) => Path.Combine(FullPath, name);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
