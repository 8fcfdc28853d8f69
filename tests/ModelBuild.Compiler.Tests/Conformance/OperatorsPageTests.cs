using System.Linq;
using ModelBuild.Compiler.Ops;
using ModelBuild.Compiler.Verification;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>docs/operators.md follows from the code.</summary>
[Collection(CaseCollection.Name)]
public sealed class OperatorsPageTests(CaseFolder cases)
{
    [SkippableFact]
    public void The_page_of_operators_says_what_compiles()
    {
        var types = new OperatorTypes(VerifyCase.Find(cases.Path).Concat(VerifyCase.Find(TestData.Require("real"))));
        var page = OperatorsPage.Write(types);
        Page.Match(page, "operators.md");
        types.Crashes.ShouldBeEmpty();
    }

    [Fact]
    public void Remarks_are_about_operators()
    {
        OperatorRemarks.Operators.Except(OpRegistry.All.Select(op => op.QualifiedName)).ShouldBeEmpty();
    }
}
