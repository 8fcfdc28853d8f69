using System.IO;
using Shouldly;
using Xunit;

namespace ModelBuild.Testing.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void A_text_is_compared_with_the_accepted_one()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory();
        try
        {
            string source = Path.Combine(directory.FullName, "ThisTest.cs");
            string verified = Path.Combine(directory.FullName, "ThisTest.Method_case.verified.cs");
            string received = Path.Combine(directory.FullName, "ThisTest.Method_case.received.cs");

            Should.Throw<SnapshotException>(() => Snapshot.Match("one\ntwo\n", "case", sourceFile: source, method: "Method"));
            File.Move(received, verified);
            Snapshot.Match("one\r\ntwo\r\n", "case", sourceFile: source, method: "Method");

            string message = Should.Throw<SnapshotException>(() => Snapshot.Match("one\n2\n", "case", sourceFile: source, method: "Method")).Message;
            message.ShouldContain("- two\n+ 2");
            message.ShouldNotContain("one");
            File.ReadAllText(received).ShouldBe("one\n2\n");

            Snapshot.Match("one\ntwo\n", "case", sourceFile: source, method: "Method");
            File.Exists(received).ShouldBeFalse();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
