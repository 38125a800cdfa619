@echo off
rem Runs Chatelaine, and builds it first when it is not built. The same as the script "chatelaine" beside it, which
rem explains more. Everything that is said here goes to standard error: standard output belongs to MCP.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "app=%root%mcp-server\target\app"
set "jar=%app%\chatelaine.jar"

call :find_java
if not defined java exit /b 1
if not exist "%jar%" call :build_program
if not exist "%jar%" exit /b 1
call :choose_archive
rem Tink's protobuf uses sun.misc.Unsafe, about which these JVMs would warn.
set "quiet_option="
if %major% GEQ 24 if %major% LEQ 26 set "quiet_option=--sun-misc-unsafe-memory-access=allow"
call :choose_options %*
"%java%" "@%options%" %archive_option% %quiet_option% %CHATELAINE_JAVA_OPTS% -jar "%jar%" %*
exit /b %ERRORLEVEL%

rem Sets options to the file with the JVM's options: those of a server that stays, or those of all else.
:choose_options
set "options=%app%\jvm.options"
:next_word
if "%~1"=="" exit /b 0
if "%~1"=="serve" set "options=%app%\serve.options"
if "%~1"=="serve" exit /b 0
set "word=%~1"
if "%word%"=="--home" shift
if "%word%"=="--tenant" shift
shift
if "%word:~0,1%"=="-" goto next_word
exit /b 0

:find_java
set "java="
set "too_old="
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" call :take "%JAVA_HOME%"
if defined java exit /b 0
for %%J in (java.exe) do set "on_path=%%~$PATH:J"
if defined on_path for %%D in ("%on_path%\..\..") do call :take "%%~fD"
if defined java exit /b 0
if defined too_old (
  echo chatelaine: needs Java 17 or newer, and "%too_old%" is older. 1>&2
) else (
  echo chatelaine: needs Java 17 or newer, and no Java was found through JAVA_HOME or PATH. 1>&2
)
echo chatelaine: Install a JDK 17 or newer, then set JAVA_HOME to its directory or put its bin directory on PATH. 1>&2
exit /b 0

rem Takes the Java of a directory if it is new enough. A java.exe that stands in for another is asked where that one is.
:take
set "home=%~1"
if not exist "%home%\release" if defined on_path (
  for /f "tokens=1,* delims==" %%A in ('^""%on_path%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.home ="^"') do (
    for /f "tokens=*" %%H in ("%%B") do set "home=%%H"
  )
)
set "version="
set "runtime="
set "implementor="
if exist "%home%\release" for /f "usebackq tokens=1,* delims==" %%A in ("%home%\release") do (
  if "%%A"=="JAVA_VERSION" set "version=%%~B"
  if "%%A"=="JAVA_RUNTIME_VERSION" set "runtime=%%~B"
  if "%%A"=="IMPLEMENTOR" set "implementor=%%~B"
)
if not defined version exit /b 0
set "major=0"
for /f "tokens=1 delims=.+-_" %%V in ("%version%") do set "major=%%V"
if %major% GEQ 17 (
  set "java=%home%\bin\java.exe"
) else (
  set "too_old=%home%"
)
exit /b 0

:build_program
echo chatelaine: building, once; this takes a minute or two 1>&2
set "JAVA_HOME=%home%"
pushd "%root%"
call mvnw.cmd -q -B -DskipTests -pl mcp-server -am package <nul 1>&2
popd
if not exist "%jar%" echo chatelaine: the build failed, see above. It needs a JDK (with javac) and the network. 1>&2
exit /b 0

:choose_archive
set "archive_option="
set "archives=%app%\archive"
call :known_in
if not defined made_by if not exist "%archives%\" mkdir "%archives%" 2>nul
if not defined made_by 2>nul (>"%archives%\.writable" echo.) || if defined LOCALAPPDATA set "archives=%LOCALAPPDATA%\chatelaine\archive"
if not defined made_by call :known_in
if not defined made_by (
  start "" /b /belownormal "%java%" "@%app%\jvm.options" -cp "%jar%" dev.chatelaine.mcp.startup.ArchiveMain "%app%" "%archives%" <nul >nul 2>&1
  exit /b 0
)
if %major% GEQ 24 (
  if exist "%archives%\%version%.aot" set archive_option="-XX:AOTCache=%archives%\%version%.aot"
) else (
  if exist "%archives%\%version%.jsa" set archive_option="-XX:SharedArchiveFile=%archives%\%version%.jsa"
)
exit /b 0

rem Sets made_by when the stamp in the directory is of this very Java. The JVM itself refuses an archive of another jar.
:known_in
set "made_by="
if not exist "%archives%\%version%.stamp" exit /b 0
for /f "usebackq skip=1 delims=" %%L in ("%archives%\%version%.stamp") do if not defined made_by set "made_by=%%L"
if not "%made_by%"=="%runtime% %implementor%" set "made_by="
exit /b 0
