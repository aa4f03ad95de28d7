using BriData.Silo.Security;

namespace BriData.Silo.Tests;

public sealed class PlatformKeyFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("bridata-keys-").FullName;

    private string SeedFile => Path.Combine(_directory, "keys", "platform.seed");

    [Fact]
    public void Load_FirstStart_CreatesASecretOnlyItsOwnerReads()
    {
        PlatformKeyFile.LoadOrCreate(_directory);

        Assert.Equal(32, new FileInfo(SeedFile).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SeedFile));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(SeedFile)!));
    }

    [Fact]
    public void Load_SecondStart_KeepsTheSeed()
    {
        PlatformKeyFile.LoadOrCreate(_directory);
        var seed = File.ReadAllBytes(SeedFile);

        PlatformKeyFile.LoadOrCreate(_directory);

        Assert.Equal(seed, File.ReadAllBytes(SeedFile));
    }

    [Fact]
    public void Load_OthersMayRead_IsRefused()
    {
        PlatformKeyFile.LoadOrCreate(_directory);
        File.SetUnixFileMode(SeedFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Throws<InvalidDataException>(() => PlatformKeyFile.LoadOrCreate(_directory));
    }

    [Fact]
    public void Load_MissingBesideStoredKeys_IsRefusedAndNoneIsMade()
    {
        PlatformKeyFile.LoadOrCreate(_directory);
        File.WriteAllBytes(Path.Combine(_directory, "keys.db"), []);
        File.Delete(SeedFile);

        Assert.Contains("keys.db", Assert.Throws<InvalidDataException>(() => PlatformKeyFile.LoadOrCreate(_directory)).Message, StringComparison.Ordinal);

        Assert.False(File.Exists(SeedFile));
    }

    [Fact]
    public void Load_CutShort_IsRefused()
    {
        PlatformKeyFile.LoadOrCreate(_directory);
        File.WriteAllBytes(SeedFile, new byte[5]);

        Assert.Throws<InvalidDataException>(() => PlatformKeyFile.LoadOrCreate(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
