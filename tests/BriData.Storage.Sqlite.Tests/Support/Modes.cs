namespace BriData.Storage.Sqlite.Tests.Support;

internal static class Modes
{
    public static void AssertPrivateDirectory(string path) => AssertMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public static void AssertPrivateFile(string path) => AssertMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private static void AssertMode(string path, UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No modes here.");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(mode, File.GetUnixFileMode(path));
        }
    }
}
