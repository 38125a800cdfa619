@rem Runs the Maven that is in the checkout (.mvn\wrapper), unpacked once into the user's Maven folder.
@rem Needs a JDK: JAVA_HOME, or java on the PATH.
@echo off
setlocal
set "BASE=%~dp0"
set "NAME="
set "SUM="
for /f "usebackq eol=# tokens=1,2 delims==" %%a in ("%BASE%.mvn\wrapper\maven-wrapper.properties") do (
  if "%%a"=="distributionName" set "NAME=%%b"
  if "%%a"=="distributionSha512Sum" set "SUM=%%b"
)
set "JAR=jar"
if defined JAVA_HOME set "JAR=%JAVA_HOME%\bin\jar.exe"
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "DIST=%MAVEN_USER_HOME%\wrapper\dists\%NAME%-%SUM:~0,16%"
if exist "%DIST%\%NAME%\bin\mvn.cmd" goto run
set "ZIP=%BASE%.mvn\wrapper\%NAME%-bin.zip"
set "ACTUAL="
for /f "skip=1 tokens=* delims=" %%h in ('certutil -hashfile "%ZIP%" SHA512') do if not defined ACTUAL set "ACTUAL=%%h"
set "ACTUAL=%ACTUAL: =%"
if /i not "%ACTUAL%"=="%SUM%" (
  echo mvnw: %ZIP% is damaged: its SHA-512 is not the one in maven-wrapper.properties. Check it out again. 1>&2
  exit /b 1
)
set "NEW=%DIST%.%RANDOM%"
mkdir "%NEW%"
pushd "%NEW%"
"%JAR%" xf "%ZIP%"
if errorlevel 1 (
  popd
  echo mvnw: unpacking Maven failed. Install a JDK 17 or newer, or set JAVA_HOME to one. 1>&2
  exit /b 1
)
popd
move "%NEW%" "%DIST%" >nul 2>&1 || rmdir /s /q "%NEW%"
:run
call "%DIST%\%NAME%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%
